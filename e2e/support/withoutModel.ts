/**
 * A test in which the model never arrives: for journeys that draw nothing by it, as on a slow line. The app is usable
 * meanwhile, and the processor is spared starting the model and encoding every frame that the playhead rests on.
 */
import { test, type BrowserContext, type Page } from '@playwright/test';

const graphs = /\/models\/mobilesam\/[^/]+\.onnx$/;

/** Leaves requests for the model's graphs without an answer. */
export async function withholdModel(where: BrowserContext | Page): Promise<void> {
  await where.route(graphs, () => undefined);
}

export const testWithoutModel = test.extend({
  context: async ({ context }, use) => {
    await withholdModel(context);
    await use(context);
  },
});
