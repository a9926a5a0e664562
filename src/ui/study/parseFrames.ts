/** Reads a list of frames as people write it: `0, 4, 8-12`. */

/** More columns than this cannot be told apart on a page. */
const MAX_FRAMES = 12;

export type ParsedFrames = { readonly frames: readonly number[]; readonly problem: string | null };

/** Frames in the order given, each once, all among `known` (ascending); otherwise what is wrong, in the user's words. */
export function parseFrames(text: string, known: readonly number[]): ParsedFrames {
  const frames: number[] = [];
  for (const part of text.split(/[,;\s]+/).filter((word) => word !== '')) {
    const found = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (!found) {
      return { frames: [], problem: `“${part}” is not a frame number.` };
    }
    const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
    for (let frame = from; frame <= to && frames.length <= MAX_FRAMES; frame += 1) {
      frames.push(frame);
    }
  }
  const distinct = [...new Set(frames)];
  const unknown = distinct.find((frame) => !known.includes(frame));
  if (unknown !== undefined) {
    const [first, last] = [known[0] ?? 0, known.at(-1) ?? 0];
    return { frames: [], problem: `Frame ${unknown} is not in the study (${first}–${last}).` };
  }
  if (distinct.length === 0 || distinct.length > MAX_FRAMES) {
    return { frames: [], problem: `Name 1 to ${MAX_FRAMES} frames.` };
  }
  return { frames: distinct, problem: null };
}
