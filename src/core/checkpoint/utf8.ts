/** Text of UTF-8 bytes, strictly (RFC 3629). */
import { refuse } from './checkpointProblem';

const PIECE = 4096;

/** Throws a CheckpointProblem for bytes that are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { code, length } = codePoint(bytes, at);
    codes.push(code);
    at += length;
    if (codes.length === PIECE) {
      parts.push(String.fromCodePoint(...codes));
      codes = [];
    }
  }
  return parts.join('') + String.fromCodePoint(...codes);
}

function codePoint(bytes: Uint8Array, at: number): { code: number; length: number } {
  const lead = bytes[at]!;
  if (lead < 0x80) {
    return { code: lead, length: 1 };
  }
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  let code = lead & (0x7f >> length);
  for (let index = 1; index < length; index += 1) {
    const next = bytes[at + index];
    if (next === undefined || (next & 0xc0) !== 0x80) {
      refuse('a text in it is no UTF-8');
    }
    code = (code << 6) | (next & 0x3f);
  }
  const shortest = [0x80, 0x800, 0x10000][length - 2]!;
  if (lead < 0xc2 || lead > 0xf4 || code < shortest || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    refuse('a text in it is no UTF-8');
  }
  return { code, length };
}
