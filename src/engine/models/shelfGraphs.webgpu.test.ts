/**
 * The graphs of EdgeTAM, SAM 2.1 and SAM ViT on WebGPU (SwiftShader where there is no graphics card), small configurations on
 * seeded weights: each against WASM, and EdgeTAM's memory loop against transformers.
 */
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { GraphFile } from '../../core/models/graphManifest';
import { modelVariants, type ModelVariant } from '../../core/models/modelStatus';
import { bytesSource } from '../checkpoint/byteSource';
import { uniforms } from '../checkpoint/__fixtures__/seededWeights';
import { hydratedSam, seededSamCheckpoint } from '../sam/__fixtures__/seededSam';
import { parityError, readParityGolden, type ParityError } from '../sam2/__fixtures__/parityGolden';
import { runParity, type ParityStep } from '../sam2/__fixtures__/parityRun';
import {
  seededSam2Files,
  startSeededSam2,
  type ReadFile,
  type SeedRule,
} from '../sam2/__fixtures__/seededSam2';
import {
  fill,
  largestDifference,
  meanDifference,
  outputsOn,
  startWebGpu,
  type Feeds,
  type WebGpuBench,
} from './__fixtures__/bothProviders';
import { parseGraphManifest } from './parseGraphManifest';
import type { ShelfModelFiles } from './shelfFiles';

/** Software WebGPU computes on the processor, which others may use too. */
const PATIENCE_MS = 600_000;
/**
 * From 32 bits on WASM: the largest difference, as a part of the largest value. At 16 bits the mean one (root of the mean
 * square), as a part of the mean value: a GPU adds up in 16 bits too, and single numbers stray further.
 */
const TOLERANCE: Readonly<Record<ModelVariant, number>> = { fp32: 1e-3, fp16: 5e-2 };
const loopTolerance = {
  fp32: { iou: 0.99, logits: 0.05, score: 0.002, pointer: 0.002 },
  fp16: { iou: 0.97, logits: 0.4, score: 0.12, pointer: 0.04 },
};
const SAM2_SIDE = 256;
const SAM_SIDE = 1024;

const urls = import.meta.glob<string>(['../sam2/__fixtures__/*-mini/*', '../sam/__fixtures__/smallSam/*'], {
  query: '?url',
  import: 'default',
  eager: true,
});

let bench: WebGpuBench;

/** SwiftShader takes minutes for all of it, so it computes EdgeTAM's graphs once, unless VITE_WEBGPU_ALL=1 is set. */
function isThorough(): boolean {
  return (
    bench.device.adapterInfo.architecture !== 'swiftshader' || import.meta.env['VITE_WEBGPU_ALL'] === '1'
  );
}

/** Why this is not computed here; null where it is. */
function leftOut(variant: ModelVariant): string | null {
  if (variant === 'fp16' && !bench.device.features.has('shader-f16')) {
    return 'this adapter does not compute with 16 bits';
  }
  return isThorough() ? null : 'it takes minutes on SwiftShader; VITE_WEBGPU_ALL=1 asks for it';
}

/** Counts the test as skipped, and says why. */
function skipWhere(reason: string | null, what: string, { skip }: TestContext): void {
  if (reason) {
    console.info(`skipped: ${what}, since ${reason}`);
    skip(reason);
  }
}

beforeAll(async () => {
  bench = await startWebGpu();
}, PATIENCE_MS);

afterAll(() => bench.device.destroy());

function readFrom(folder: string): ReadFile {
  return async (name) => new Uint8Array(await (await fetch(urls[`../${folder}/${name}`]!)).arrayBuffer());
}

async function jsonOf(read: ReadFile, name: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await read(name)));
}

function places(name: string, count: number, side: number): Float32Array {
  return Float32Array.from(uniforms(name, count * 2, 0), (value) => value * side);
}

/** Each place of the memory is of another time. */
function oneHot(maps: number, rows: number): Float32Array {
  return Float32Array.from({ length: maps * rows }, (_, index) =>
    index % rows === Math.floor(index / rows) % rows ? 1 : 0,
  );
}

function sam2Feeds(graph: GraphFile, { maps, flag }: { maps: number; flag: 0 | 1 }): Feeds {
  // Box corners, then clicks: one on the object, one beside it.
  const labels = Float32Array.of(2, 3, 1, 0);
  const side = SAM2_SIDE / 4;
  return fill(graph, {
    free: { maps: [maps], map_rows: [maps], points: [4], labels: [4], mask: [side, side] },
    flags: ['binarise', 'has_mask', 'multimask', 'without_memory'],
    flag,
    given: {
      labels,
      points: places('points', 4, SAM2_SIDE),
      map_rows: oneHot(maps, graph.inputs['map_rows']?.[1] ?? 0),
      pointer_bias: new Float32Array(graph.inputs['pointer_bias']?.[1] ?? 0),
    },
  });
}

/** Attention reads one map, several, and as many as it may; what has flags runs with and without. */
function sam2Runs(graph: GraphFile, mostMaps: number): Feeds[] {
  if ('maps' in graph.inputs) {
    return (isThorough() ? [1, 2, mostMaps] : [2]).map((maps) => sam2Feeds(graph, { maps, flag: 0 }));
  }
  const hasFlags = 'binarise' in graph.inputs || 'multimask' in graph.inputs;
  return (hasFlags && isThorough() ? ([0, 1] as const) : ([0] as const)).map((flag) =>
    sam2Feeds(graph, { maps: 1, flag }),
  );
}

function samRuns(graph: GraphFile): Feeds[] {
  const labels = Float32Array.of(2, 3, 1, 0, -1);
  const feeds = (flag: 0 | 1): Feeds =>
    fill(graph, {
      free: { point_coords: [labels.length], point_labels: [labels.length] },
      flags: ['has_mask_input'],
      flag,
      given: { point_labels: labels, point_coords: places('point_coords', labels.length, SAM_SIDE) },
    });
  return 'has_mask_input' in graph.inputs ? [feeds(0), feeds(1)] : [feeds(0)];
}

/** Compares all graphs of `files` on WebGPU with those of `exact` on WASM, and says how far they are apart. */
async function compare(
  exact: ShelfModelFiles,
  files: ShelfModelFiles,
  runsOf: (graph: GraphFile) => Feeds[],
): Promise<void> {
  const { context, device } = bench;
  const apart: string[] = [];
  for (const [graph, file] of Object.entries(exact.manifest.variants.fp32!.graphs)) {
    const task = { graph, feeds: runsOf(file), fetches: Object.keys(file.outputs) };
    const wanted = await outputsOn(context, null, exact, task);
    const got = await outputsOn(context, device, files, task);
    got.forEach((outputs, index) => {
      const measure = files.variant === 'fp32' ? largestDifference : meanDifference;
      const difference = measure(outputs, wanted[index]!);
      expect.soft(difference, `${graph}, run ${index}`).toBeLessThan(TOLERANCE[files.variant]);
      apart.push(`${graph} ${difference.toExponential(1)}`);
    });
  }
  console.info(`${files.variant} on ${device.adapterInfo.architecture}: ${apart.join(', ')}`);
  expect(context.census.liveCount).toBe(0);
}

describe('EdgeTAM', () => {
  const read = readFrom('sam2/__fixtures__/edgetam-mini');

  it.for(modelVariants)('follows the parity clip at %s', { timeout: PATIENCE_MS }, async (variant, test) => {
    skipWhere(leftOut(variant), `EdgeTAM over frames, ${variant}`, test);
    const { context, device } = bench;
    const golden = await readParityGolden(read, 'corrected');
    const model = await startSeededSam2(context, read, golden.json.seedRules, { device, variant });
    const most = loopTolerance[variant];
    const errors: ParityError[] = [];
    for await (const result of runParity(model, { ...golden.json, steps: beginning(golden.json.steps) })) {
      const error = parityError(golden, result)!;
      const place = `frame ${result.frame}, step ${result.step}`;
      expect.soft(error.iou, place).toBeGreaterThanOrEqual(most.iou);
      expect.soft(error.logits, place).toBeLessThan(most.logits);
      expect.soft(error.score, place).toBeLessThan(most.score);
      expect.soft(error.pointer, place).toBeLessThan(most.pointer);
      errors.push(error);
    }
    const worst = (pick: (error: ParityError) => number): string =>
      Math.max(...errors.map(pick)).toExponential(1);
    console.info(
      `EdgeTAM, ${errors.length} frames at ${variant}: least IoU ${Math.min(...errors.map(({ iou }) => iou)).toFixed(4)}, ` +
        `logits ${worst((e) => e.logits)}, scores ${worst((e) => e.score)}, pointers ${worst((e) => e.pointer)}`,
    );
    expect(errors.length).toBeGreaterThan(5);
    expect(context.census.liveCount).toBe(0);
  });
});

/** The script up to the frame after its first correction: all of it would take minutes here. */
function beginning(steps: readonly ParityStep[]): ParityStep[] {
  const first = steps.findIndex((step) => step.do === 'correct');
  const { frame } = steps[first] as Extract<ParityStep, { do: 'correct' }>;
  return steps
    .slice(0, first + 2)
    .map((step, index) => (step.do === 'track' ? { ...step, to: index < first ? frame : step.from } : step));
}

describe.each(['edgetam-mini', 'sam2.1-mini'])('%s', (id) => {
  it.for(modelVariants)(
    'says at %s on WebGPU what it says on WASM',
    { timeout: PATIENCE_MS },
    async (variant, test) => {
      const isBrief = id === 'edgetam-mini' && variant === 'fp32';
      skipWhere(isBrief ? null : leftOut(variant), `${id}, ${variant}`, test);
      const read = readFrom(`sam2/__fixtures__/${id}`);
      const { seedRules } = (await jsonOf(read, 'golden.json')) as { seedRules: readonly SeedRule[] };
      const exact = await seededSam2Files(read, seedRules);
      const files = variant === 'fp32' ? exact : await seededSam2Files(read, seedRules, variant);
      const mostMaps = Number(exact.manifest.config['maps']);
      await compare(exact, files, (graph) => sam2Runs(graph, mostMaps));
    },
  );
});

describe('SAM ViT', () => {
  it('says on WebGPU what it says on WASM', { timeout: PATIENCE_MS }, async (test) => {
    skipWhere(leftOut('fp32'), 'SAM ViT', test);
    const read = readFrom('sam/__fixtures__/smallSam');
    const manifest = parseGraphManifest(await jsonOf(read, 'manifest.json'));
    const checkpoint = bytesSource(seededSamCheckpoint(manifest), 'seeded.pth');
    const files = await hydratedSam(manifest, checkpoint, read);
    await compare(files, files, samRuns);
  });
});
