// `npm run bench:editor`: measures painting, scrubbing, saving and memory beside a plain canvas, on a 1080p clip, and
// writes its section of docs/benchmarks.md. `npm run bench:editor -- --dry` for a quick look that writes nothing.
import { benchInChromium } from './benchInChromium.mjs';

await benchInChromium('editor', async (load, options) => {
  const { runEditorBench } = await load('runEditorBench.ts');
  const { editorReport } = await load('editorReport.ts');
  return editorReport(await runEditorBench(options));
});
