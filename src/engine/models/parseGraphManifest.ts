/** Reads manifest.json, and refuses one whose files, offsets or steps do not fit together. */
import * as v from 'valibot';
import { shapeAfterSteps, shapeText } from '../../core/checkpoint/tensorSteps';
import {
  elementCount,
  weightBytes,
  type GraphManifest,
  type GraphTensor,
  type GraphVariant,
} from '../../core/models/graphManifest';
import { modelFamilies, modelIds } from '../../core/models/shelf';

/** A browser reads a file of weights into one buffer, which may not reach 2 GiB. */
const MAX_WEIGHT_FILE_BYTES = 1.9e9;

/** Offsets of weights are multiples of this, so that any element type is aligned. */
const WEIGHT_ALIGNMENT_BYTES = 64;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Shape = v.pipe(v.array(Positive), v.maxLength(8));
/** One name in one folder: no path can be made of it. */
const FileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/), v.maxLength(120));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Axis = v.pipe(Count, v.maxValue(7));

const Step = v.variant('kind', [
  v.object({ kind: v.literal('slice'), axis: Axis, start: Count, end: Positive }),
  v.object({ kind: v.literal('transpose'), axes: v.pipe(v.array(Axis), v.maxLength(8)) }),
  v.object({ kind: v.literal('reshape'), shape: Shape }),
  v.object({ kind: v.literal('padZeros'), axis: Axis, to: Positive }),
]);

const Tensor = v.object({
  name: v.string(),
  dtype: v.picklist(['float32', 'float16', 'int64', 'int32', 'uint8', 'bool']),
  shape: Shape,
  file: Count,
  offset: Count,
  from: v.record(
    v.string(),
    v.object({ name: v.string(), shape: Shape, steps: v.pipe(v.array(Step), v.maxLength(16)) }),
  ),
});

const Dimensions = v.record(v.string(), v.array(v.nullable(Positive)));

const Variant = v.object({
  graphs: v.record(
    v.string(),
    v.object({
      file: FileName,
      sizeBytes: Positive,
      sha256: Sha256,
      inputs: Dimensions,
      outputs: Dimensions,
    }),
  ),
  weightFiles: v.array(
    v.object({ path: FileName, sizeBytes: v.pipe(Positive, v.maxValue(MAX_WEIGHT_FILE_BYTES)) }),
  ),
  tensors: v.array(Tensor),
});

const Layout = v.object({
  id: v.string(),
  container: v.picklist(['pytorch', 'safetensors', 'onnx']),
  roots: v.pipe(v.array(v.string()), v.minLength(1)),
  ignored: v.array(v.string()),
});

const Source = v.object({
  layout: v.string(),
  kind: v.picklist(['link', 'download']),
  url: v.pipe(v.string(), v.regex(/^https:\/\//)),
  fileName: FileName,
  sizeBytes: v.nullable(Positive),
  sha256: v.nullable(Sha256),
  sha256Prefix: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{4,64}$/))),
  licence: v.string(),
});

const Statistics = v.record(v.string(), v.object({ mean: v.number(), deviation: v.number() }));

const Manifest = v.object({
  formatVersion: v.literal(1),
  id: v.picklist(modelIds),
  name: v.string(),
  family: v.picklist(modelFamilies),
  licence: v.string(),
  source: v.string(),
  config: v.record(v.string(), v.unknown()),
  layouts: v.pipe(v.array(Layout), v.minLength(1)),
  sources: v.array(Source),
  variants: v.object({ fp32: v.optional(Variant), fp16: v.optional(Variant) }),
  officialStatistics: v.optional(v.object({ fp32: v.optional(Statistics), fp16: v.optional(Statistics) })),
  provenance: v.object({ testedWith: v.picklist(['seeded weights', 'official weights']) }),
});

/** Parses manifest.json. Throws an Error that says what is wrong with it. */
export function parseGraphManifest(value: unknown): GraphManifest {
  const result = v.safeParse(Manifest, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`manifest.json: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  const manifest = result.output;
  const layouts = new Set(manifest.layouts.map(({ id }) => id));
  ensure(layouts.size === manifest.layouts.length, 'a layout stands twice');
  for (const { layout, fileName } of manifest.sources) {
    ensure(layouts.has(layout), `${fileName} has the unknown layout ${layout}`);
  }
  const variants = Object.values(manifest.variants).filter((variant) => variant !== undefined);
  ensure(variants.length > 0, 'it has no variant');
  variants.forEach((variant) => checkVariant(variant, layouts));
  return manifest;
}

function checkVariant(variant: GraphVariant, layouts: ReadonlySet<string>): void {
  const files = [
    ...Object.values(variant.graphs).map(({ file }) => file),
    ...variant.weightFiles.map(({ path }) => path),
  ];
  ensure(new Set(files.map((file) => file.toLowerCase())).size === files.length, 'a file name stands twice');
  const names = new Set(variant.tensors.map(({ name }) => name));
  ensure(names.size === variant.tensors.length, 'a weight stands twice');
  variant.tensors.forEach((tensor) => checkOrigins(tensor, layouts));
  variant.weightFiles.forEach((file, index) => {
    const inFile = variant.tensors.filter((tensor) => tensor.file === index);
    checkPlaces(inFile, file.sizeBytes);
  });
  const unplaced = variant.tensors.find(({ file }) => file >= variant.weightFiles.length);
  ensure(!unplaced, `${unplaced?.name} lies in a file that is not listed`);
}

function checkOrigins(tensor: GraphTensor, layouts: ReadonlySet<string>): void {
  for (const layout of layouts) {
    ensure(tensor.from[layout], `${tensor.name} has no origin in the layout ${layout}`);
  }
  for (const [layout, { shape, steps }] of Object.entries(tensor.from)) {
    ensure(layouts.has(layout), `${tensor.name} has the unknown layout ${layout}`);
    ensure(Number.isSafeInteger(elementCount(shape)), `${tensor.name} comes from too large a tensor`);
    let made: readonly number[] = [];
    try {
      made = shapeAfterSteps(shape, steps);
    } catch (error) {
      throw new Error(`manifest.json: ${tensor.name}: ${(error as Error).message}`, { cause: error });
    }
    const fits = shapeText(made) === shapeText(tensor.shape);
    ensure(fits, `${tensor.name} would be ${shapeText(made)} and not ${shapeText(tensor.shape)}`);
  }
}

/** Weights of one file: aligned, inside it, and none over another. */
function checkPlaces(tensors: readonly GraphTensor[], sizeBytes: number): void {
  let end = 0;
  let before = '';
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset)) {
    const { name, offset } = tensor;
    ensure(offset % WEIGHT_ALIGNMENT_BYTES === 0, `${name} begins at ${offset}, no multiple of 64`);
    ensure(offset >= end, `${name} lies over ${before}`);
    end = offset + weightBytes(tensor);
    ensure(end <= sizeBytes, `${name} ends behind the end of its file`);
    before = name;
  }
}

function ensure(condition: unknown, what: string): asserts condition {
  if (!condition) {
    throw new Error(`manifest.json: ${what}`);
  }
}
