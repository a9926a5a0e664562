/** Prefix codes by how often symbols come, as deflate wants them (RFC 1951, 3.2.2). */

export type HuffmanCodes = {
  /** Bits of each symbol's code; 0 for symbols that do not come. */
  readonly lengths: Uint8Array;
  /** The codes, their first bit lowest. */
  readonly bits: Uint16Array;
};

const MAX_BITS = 15;

/** At least one symbol must come. */
export function huffmanCodes(counts: Uint32Array): HuffmanCodes {
  let weights = [...counts];
  let lengths = codeLengths(weights);
  // Rarer symbols are made less rare until no code is too long: hardly any effect on the size.
  while (lengths.some((length) => length > MAX_BITS)) {
    weights = weights.map((weight) => (weight === 0 ? 0 : (weight >> 1) + 1));
    lengths = codeLengths(weights);
  }
  return { lengths, bits: canonicalCodes(lengths) };
}

type Node = { readonly weight: number; readonly symbols: readonly number[] };

/** Huffman's own way: the two lightest are joined until one is left, and each joining makes their codes longer. */
function codeLengths(weights: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(weights.length);
  const leaves: Node[] = weights
    .flatMap((weight, symbol) => (weight === 0 ? [] : [{ weight, symbols: [symbol] }]))
    .toSorted((a, b) => a.weight - b.weight);
  if (leaves.length === 1) {
    lengths[leaves[0]!.symbols[0]!] = 1;
    return lengths;
  }
  // Joined nodes come in the order of their weights, so the lightest is at the head of either queue.
  const joined: Node[] = [];
  let [leaf, inner] = [0, 0];
  const lightest = (): Node => {
    const [a, b] = [leaves[leaf], joined[inner]];
    if (a && (!b || a.weight <= b.weight)) {
      leaf += 1;
      return a;
    }
    inner += 1;
    return b!;
  };
  for (let joins = 1; joins < leaves.length; joins += 1) {
    const [a, b] = [lightest(), lightest()];
    const symbols = [...a.symbols, ...b.symbols];
    symbols.forEach((symbol) => (lengths[symbol]! += 1));
    joined.push({ weight: a.weight + b.weight, symbols });
  }
  return lengths;
}

/** Codes of one length are consecutive, in the order of their symbols. */
function canonicalCodes(lengths: Uint8Array): Uint16Array {
  const bits = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= MAX_BITS; length += 1) {
    lengths.forEach((own, symbol) => {
      if (own === length) {
        bits[symbol] = reversed(code, length);
        code += 1;
      }
    });
    code <<= 1;
  }
  return bits;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) {
    result = (result << 1) | ((code >> bit) & 1);
  }
  return result;
}
