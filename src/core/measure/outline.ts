/** How long the outlines of labels are, and how much of each lies along which other label. */
import { BACKGROUND, excludedOwner, type Partition } from './partition';

/**
 * `lengths[a * owners + b]`: how long the outline of label a is where it meets owner b, in pixels. Zero for owners that
 * are no labels, and for an owner with itself.
 */
export type OutlineLengths = { readonly owners: number; readonly lengths: Float64Array };

/** The direction of an outline is told from pixels up to this far from it. */
const REACH_PX = 3;

/** Samples around an edge of a pixel, as steps in a row-major picture, with their offsets times their weights. */
type Samples = { readonly steps: Int32Array; readonly across: Float64Array; readonly along: Float64Array };

/**
 * The edges between pixels of two owners are added up, each with the part of it that lies along the outline: the cosine
 * between the edge's normal and that of the outline, which is the direction to the weighted centre of the label's pixels
 * nearby. So summed, the edges of a straight line of any direction add up to its length (normal integration: Lenoir,
 * Malgouyres and Revenu, DGCI 1996; Coeurjolly et al., DGCI 2003), where plain counts of edges or corners depend on the
 * direction. `map` is the partition's ownerMap.
 */
export function outlineLengths(partition: Partition, map: Uint8Array): OutlineLengths {
  const { width, height, labelCount } = partition;
  const owners = labelCount + 2;
  const lengths = new Float64Array(owners * owners);
  const stride = width + 2 * REACH_PX;
  const padded = withRepeatedBorder(map, width, height);
  const acrossRows = samplesAround(1, stride);
  const acrossColumns = samplesAround(stride, 1);
  for (let y = 0; y < height; y += 1) {
    const row = (y + REACH_PX) * stride + REACH_PX;
    for (let x = 0; x < width; x += 1) {
      const at = row + x;
      const owner = padded[at]!;
      const right = padded[at + 1]!;
      const below = padded[at + stride]!;
      if (owner !== right && x + 1 < width) {
        addEdge(lengths, owners, padded, at, at + 1, acrossRows);
      }
      if (owner !== below && y + 1 < height) {
        addEdge(lengths, owners, padded, at, at + stride, acrossColumns);
      }
    }
  }
  addBorder(partition, map, lengths);
  return { owners, lengths };
}

function addEdge(
  lengths: Float64Array,
  owners: number,
  padded: Uint8Array,
  before: number,
  after: number,
  samples: Samples,
): void {
  const a = padded[before]!;
  const b = padded[after]!;
  const last = owners - 1;
  if (a !== BACKGROUND && a !== last) {
    lengths[a * owners + b]! += partAlongOutline(padded, before, a, samples);
  }
  if (b !== BACKGROUND && b !== last) {
    lengths[b * owners + a]! += partAlongOutline(padded, before, b, samples);
  }
}

function partAlongOutline(padded: Uint8Array, at: number, owner: number, samples: Samples): number {
  const { steps, across, along } = samples;
  let x = 0;
  let y = 0;
  for (let index = 0; index < steps.length; index += 1) {
    if (padded[at + steps[index]!] === owner) {
      x += across[index]!;
      y += along[index]!;
    }
  }
  const length = Math.hypot(x, y);
  return length > 0 ? Math.abs(x) / length : 1;
}

/** `cross` steps to the pixel on the other side of the edge, `side` to the next one along it. */
function samplesAround(cross: number, side: number): Samples {
  const found: { step: number; across: number; along: number }[] = [];
  for (let i = 1 - REACH_PX; i <= REACH_PX; i += 1) {
    for (let j = -REACH_PX; j <= REACH_PX; j += 1) {
      // The edge lies half a pixel beyond the one it is counted from.
      const weight = 1 - Math.hypot(i - 0.5, j) / (REACH_PX + 0.5);
      if (weight > 0) {
        found.push({ step: i * cross + j * side, across: weight * (i - 0.5), along: weight * j });
      }
    }
  }
  return {
    steps: Int32Array.from(found, ({ step }) => step),
    across: Float64Array.from(found, ({ across }) => across),
    along: Float64Array.from(found, ({ along }) => along),
  };
}

/** Pixels beyond the border are as those at it, so that an outline keeps its direction where the picture ends. */
function withRepeatedBorder(map: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width + 2 * REACH_PX;
  const padded = new Uint8Array(stride * (height + 2 * REACH_PX));
  for (let y = -REACH_PX; y < height + REACH_PX; y += 1) {
    const from = Math.min(Math.max(y, 0), height - 1) * width;
    const to = (y + REACH_PX) * stride;
    padded.fill(map[from]!, to, to + REACH_PX);
    padded.set(map.subarray(from, from + width), to + REACH_PX);
    padded.fill(map[from + width - 1]!, to + REACH_PX + width, to + stride);
  }
  return padded;
}

/** The picture's border is straight: its edges count whole. */
function addBorder(partition: Partition, map: Uint8Array, lengths: Float64Array): void {
  const { width, height, labelCount } = partition;
  const owners = labelCount + 2;
  const excluded = excludedOwner(partition);
  const add = (pixel: number): void => {
    const owner = map[pixel]!;
    if (owner !== BACKGROUND && owner !== excluded) {
      lengths[owner * owners + excluded]! += 1;
    }
  };
  for (let x = 0; x < width; x += 1) {
    add(x);
    add((height - 1) * width + x);
  }
  for (let y = 0; y < height; y += 1) {
    add(y * width);
    add(y * width + width - 1);
  }
}

/** Length of a label's outline with all others, or with all but one. */
export function outlineLength({ owners, lengths }: OutlineLengths, owner: number, without?: number): number {
  let sum = 0;
  for (let other = 0; other < owners; other += 1) {
    sum += other === without ? 0 : lengths[owner * owners + other]!;
  }
  return sum;
}

/** Length of the outline that two labels share: the mean of what it is as the outline of either. */
export function contactLength({ owners, lengths }: OutlineLengths, a: number, b: number): number {
  return (lengths[a * owners + b]! + lengths[b * owners + a]!) / 2;
}
