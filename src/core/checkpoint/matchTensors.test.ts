/** What is said of a checkpoint that does not fit. */
import { describe, expect, it } from 'vitest';
import type { GraphVariant } from '../models/graphManifest';
import type { CheckpointIndex, TensorEntry } from './checkpointIndex';
import { fits, matchesPattern, matchTensors, mismatchDetails, mismatchSummary } from './matchTensors';

const layouts = [
  { id: 'torch', container: 'pytorch' as const, roots: ['', 'model'], ignored: ['*.num_batches_tracked'] },
];

const variant: GraphVariant = {
  graphs: {},
  weightFiles: [],
  tensors: ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    name,
    dtype: 'float32',
    shape: [2],
    file: 0,
    offset: 0,
    from: { torch: { name: `net.${name}`, shape: [2], steps: [] } },
  })),
};

function entry(shape: readonly number[], dtype: TensorEntry['dtype'] = 'float32'): TensorEntry {
  return { dtype, shape, strides: [], offset: 0, part: { kind: 'stretch', offset: 0, sizeBytes: 0 } };
}

function index(root: string, tensors: Record<string, TensorEntry>): CheckpointIndex {
  return { container: 'pytorch', groups: new Map([[root, new Map(Object.entries(tensors))]]) };
}

const whole = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`net.${name}`, entry([2])]));

describe('matchTensors', () => {
  it('finds the weights under any of the roots', () => {
    const found = matchTensors(layouts, variant, index('model', whole))!;
    expect([fits(found), found.root, found.needed]).toEqual([true, 'model', 5]);
  });

  it('lets be what is known as left over, and tells the rest', () => {
    const more = { ...whole, 'x.num_batches_tracked': entry([], 'int64'), 'head.w': entry([1]) };
    const found = matchTensors(layouts, variant, index('', more))!;
    expect([fits(found), found.extra]).toEqual([true, ['head.w']]);
  });

  it('names the first few and counts all', () => {
    const found = matchTensors(
      layouts,
      variant,
      index('', { 'net.a': entry([2, 1]), 'net.b': entry([2], 'int64'), 'net.x': entry([2]) }),
    )!;
    expect(fits(found)).toBe(false);
    expect(mismatchSummary(found)).toBe(
      '3 of 5 weights missing ("net.c", "net.d", "net.e"); 1 of another shape ("net.a" is [2, 1] and not [2]); ' +
        '1 of another type ("net.b" is int64 and not float32)',
    );
    expect(mismatchDetails(found)).toContain('not used: "net.x"');
    expect(mismatchDetails(found)).toHaveLength(6);
  });

  it('shows names of a file as such, and only the first of very many', () => {
    const hostile = { 'b\n\u202eerased': entry([2]) };
    const few = matchTensors(layouts, variant, index('', { ...whole, ...hostile }))!;
    expect(mismatchDetails(few)).toEqual(['not used: "b??erased"']);
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`x${at}`, entry([2])]));
    const details = mismatchDetails(matchTensors(layouts, variant, index('', many))!);
    expect(details).toHaveLength(201);
    expect([details[0], details.at(-1)]).toEqual(['missing: "net.a"', 'and 4805 more']);
  });

  it('says so when it is another model, or another kind of file', () => {
    const other = matchTensors(layouts, variant, index('', { other: entry([2]) }))!;
    expect(mismatchSummary(other)).toMatch(/none of the 5 weights .* another model/);
    expect(matchTensors(layouts, variant, { ...index('', whole), container: 'onnx' })).toBeNull();
  });
});

describe('matchesPattern', () => {
  it.each([
    ['a.b', 'a.b', true],
    ['a.b', 'a', false],
    ['bn.num', '*.num', true],
    ['num', '*.num', false],
    ['abcabc', 'a*b*c', true],
    ['aba', 'ab*ba', false],
    ['ab', 'a*b*b', false],
    ['abb', 'a*b*b', true],
    ['anything', '*', true],
    ['a+b', 'a+b', true],
  ])('%s by %s: %s', (text, pattern, expected) => {
    expect(matchesPattern(text, pattern)).toBe(expected);
  });
});
