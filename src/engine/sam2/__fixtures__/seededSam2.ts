/** SAM 2.1 and EdgeTAM on seeded weights: a checkpoint in the official form, hydrated and started as any other. */
import type { GraphManifest, TensorOrigin } from '../../../core/models/graphManifest';
import type { ModelVariant } from '../../../core/models/modelStatus';
import { bytesSource } from '../../checkpoint/byteSource';
import { openCheckpoint } from '../../checkpoint/openCheckpoint';
import { seededTensor, type SeedKind } from '../../checkpoint/__fixtures__/seededWeights';
import { float32Tensor, writeSafetensors } from '../../checkpoint/__fixtures__/writeSafetensors';
import { hydrate } from '../../models/hydrate';
import type { ShelfModelFiles } from '../../models/shelfFiles';
import type { ShelfModel } from '../../models/shelfModel';
import { startGraphs } from '../../models/shelfSessions';
import type { OrtContext } from '../../ort/graphSession';
import { sam2GpuOutputs } from '../graphNetwork';

/** Reads a file of the model's folder by its name. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** (pattern of the name, kind, gain); the first that fits decides. */
export type SeedRule = readonly [pattern: string, kind: SeedKind, gain: number];

/** As `kind_of` in tools/export/maskflow_export/seeded.py. */
export function seedOf(
  name: string,
  shape: readonly number[],
  rules: readonly SeedRule[],
): { readonly kind: SeedKind; readonly gain: number } {
  const rule = rules.find(([pattern]) => patternOf(pattern).test(name));
  if (rule) {
    return { kind: rule[1], gain: rule[2] };
  }
  return { kind: plainKind(name, shape.length), gain: 1 };
}

function plainKind(name: string, dimensions: number): SeedKind {
  const byEnd: readonly (readonly [string, SeedKind])[] = [
    ['num_batches_tracked', 'zero'],
    ['running_mean', 'bn_mean'],
    ['running_var', 'bn_var'],
    ['bias', 'bias'],
  ];
  const found = byEnd.find(([end]) => name.endsWith(end));
  if (found || !name.endsWith('weight')) {
    return found?.[1] ?? 'table';
  }
  return dimensions === 4 ? 'weight' : dimensions >= 2 ? 'linear' : 'scale';
}

/** Python's fnmatch: `*` any text, `?` any one character. */
function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}

/** A .safetensors file as the official repositories have it, with all tensors that the graphs need. */
export function seededSafetensors(
  manifest: GraphManifest,
  rules: readonly SeedRule[],
): Uint8Array<ArrayBuffer> {
  const origins = new Map<string, TensorOrigin>();
  for (const variant of Object.values(manifest.variants)) {
    for (const { from } of variant.tensors) {
      origins.set(from['safetensors']!.name, from['safetensors']!);
    }
  }
  const tensors = [...origins].map(([name, { shape }]) => {
    const { kind, gain } = seedOf(name, shape, rules);
    return [name, float32Tensor(shape, seededTensor(name, shape, kind, gain))] as const;
  });
  return writeSafetensors(Object.fromEntries(tensors));
}

/** What the shelf would load of such a model. */
export async function seededSam2Files(
  readModel: ReadFile,
  rules: readonly SeedRule[],
  variant: ModelVariant = 'fp32',
): Promise<ShelfModelFiles> {
  const manifest = JSON.parse(new TextDecoder().decode(await readModel('manifest.json'))) as GraphManifest;
  const { graphs: files, weightFiles } = manifest.variants[variant]!;
  const weights = weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
  const checkpoint = await openCheckpoint(
    bytesSource(seededSafetensors(manifest, rules), 'seeded.safetensors'),
  );
  const { weightsSha256, checkpointSha256 } = await hydrate({
    manifest,
    variant,
    checkpoint,
    sink: { write: (file, offset, bytes) => weights[file]!.data.set(bytes, offset) },
  });
  const graphs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, { file }] of Object.entries(files)) {
    graphs.set(name, await readModel(file));
  }
  return { manifest, variant, graphs, weights, weightsSha256, checkpointSha256 };
}

/** `only`: the graphs to start; all when left out. `device`: on WebGPU. */
export async function startSeededSam2(
  context: OrtContext,
  readModel: ReadFile,
  rules: readonly SeedRule[],
  {
    variant = 'fp32',
    only,
    device = null,
  }: {
    readonly variant?: ModelVariant;
    readonly only?: readonly string[];
    readonly device?: GPUDevice | null;
  } = {},
): Promise<ShelfModel> {
  const files = await seededSam2Files(readModel, rules, variant);
  const sessions = await startGraphs(context, files, device, {
    gpuOutputs: sam2GpuOutputs,
    ...(only ? { only } : {}),
  });
  return { config: files.manifest.config, use: (work) => work(sessions) };
}
