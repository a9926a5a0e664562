import { expect, it } from 'vitest';
import { objectId } from '../core/base/ids';
import { environment, logOf, promptsOn } from '../core/provenance/__fixtures__/logs';
import { addPoint, heldPredictor, nextTurn, one, ready } from './__fixtures__/appFixtures';
import { PromptFrames } from './promptFrames';

const two = objectId(2);

/** A point of the first label has been drawn on frame 0, by a model of the log; then one `of` a label is placed. */
async function promptedBy(
  modelName: string,
  of = two,
): Promise<{ notices: string[]; areas: (number | undefined)[] }> {
  const store = ready();
  const predictor = heldPredictor();
  const frames = new PromptFrames(store, predictor);
  const settle = async (): Promise<void> => {
    await nextTurn();
    predictor.calls.at(-1)?.release();
    await frames.settled();
  };
  addPoint(store);
  await settle();
  const { entries, ...rest } = logOf([promptsOn(0)]);
  store.getState().setProvenance({
    ...rest,
    entries: entries.map((entry) => ({ ...entry, environment: 0 })),
    environments: [{ ...environment, modelName }],
  });
  store.getState().addLabel();
  addPoint(store, 0, { of, at: { x: 6, y: 6 } });
  await settle();
  const { messages, tracks } = store.getState();
  return {
    notices: messages.flatMap((message) => (message.kind === 'notice' ? [message.text] : [])),
    areas: [one, two].map((id) => tracks.get(id)?.prompted.get(0)?.areaPx),
  };
}

it('tells which labels another model has drawn anew, whose prompts nobody touched', async () => {
  const { notices, areas } = await promptedBy('MobileSAM');
  expect(areas).toEqual([1, 1]);
  expect(notices).toEqual([
    'test drew frame 0 anew, also label 1, which MobileSAM had drawn before. Undo brings that back.',
  ]);
});

it('has nothing to tell while the same model draws', async () => {
  expect((await promptedBy('test')).notices).toEqual([]);
});

it('has nothing to tell of the label whose prompts have changed', async () => {
  const { notices, areas } = await promptedBy('MobileSAM', one);
  expect(areas).toEqual([2, undefined]);
  expect(notices).toEqual([]);
});
