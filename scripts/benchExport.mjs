// `npm run bench:export`: measures every export format beside the browser's plain encoders, on a 1080p clip, and
// writes its section of docs/benchmarks.md. `npm run bench:export -- --dry` for a quick look that writes nothing.
import { benchInChromium } from './benchInChromium.mjs';

await benchInChromium('export', async (load, options) => {
  const { runExportBench } = await load('runExportBench.ts');
  const { exportReport } = await load('exportReport.ts');
  return exportReport(await runExportBench(options));
});
