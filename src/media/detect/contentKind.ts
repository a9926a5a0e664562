/** What a file is, told by its first bytes; its name is only a hint for telling a broken image from a foreign file. */

export type ContentKind =
  | 'png'
  | 'jpeg'
  | 'zip'
  | 'mp4'
  /** Containers besides MP4 that mediabunny may read. */
  | 'stream'
  /** Containers and bare streams that only ffmpeg reads. */
  | 'ffmpeg'
  | 'audio'
  | 'text'
  | 'unknown';

/** Enough for two MPEG-TS packets of 192 bytes and for judging whether the rest is text. */
export const SNIFF_BYTES = 512;

const MP4_BOXES = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp'];
const TS_SYNC = 0x47;

/** `head`: the file's first SNIFF_BYTES bytes, or all of a shorter file. */
export function contentKindOf(head: Uint8Array): ContentKind {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  const startsWith = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) {
    return 'png';
  }
  if (startsWith(0xff, 0xd8, 0xff)) {
    return 'jpeg';
  }
  if (startsWith(0x50, 0x4b, 3, 4) || startsWith(0x50, 0x4b, 5, 6)) {
    return 'zip';
  }
  if (MP4_BOXES.includes(text(4, 8))) {
    return 'mp4';
  }
  if (startsWith(0x1a, 0x45, 0xdf, 0xa3) || text(0, 4) === 'OggS' || isTransportStream(head)) {
    return 'stream';
  }
  if (isForFfmpeg(text, startsWith)) {
    return 'ffmpeg';
  }
  if (text(0, 3) === 'ID3' || text(0, 4) === 'fLaC' || (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE')) {
    return 'audio';
  }
  return looksLikeText(head) ? 'text' : 'unknown';
}

function isForFfmpeg(
  text: (from: number, to: number) => string,
  startsWith: (...bytes: number[]) => boolean,
): boolean {
  return (
    (text(0, 4) === 'RIFF' && text(8, 12) === 'AVI ') ||
    startsWith(0, 0, 1, 0xba) ||
    startsWith(0, 0, 1, 0xb3) ||
    startsWith(0x30, 0x26, 0xb2, 0x75) ||
    startsWith(0x06, 0x0e, 0x2b, 0x34) ||
    text(0, 3) === 'FLV' ||
    text(0, 4) === 'GIF8' ||
    text(0, 9) === 'YUV4MPEG2' ||
    text(0, 4) === 'DKIF'
  );
}

/** 188-byte packets, or 192-byte ones with a 4-byte time code before each (M2TS). */
function isTransportStream(head: Uint8Array): boolean {
  return (
    (head[0] === TS_SYNC && head[188] === TS_SYNC && head[376] === TS_SYNC) ||
    (head[4] === TS_SYNC && head[196] === TS_SYNC && head[388] === TS_SYNC)
  );
}

function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0) {
    return false;
  }
  const decoded = new TextDecoder().decode(head);
  let odd = 0;
  for (const character of decoded) {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 32 && code !== 9 && code !== 10 && code !== 13;
    odd += isControl || code === 0xfffd ? 1 : 0;
  }
  // A multi-byte character cut at the end of the head decodes to one replacement character.
  return odd <= 1;
}

export function hasImageName(path: string): boolean {
  return /\.(png|jpe?g)$/i.test(path);
}

export function hasVideoName(path: string): boolean {
  return /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|m2v|ts|m2ts|mts|wmv|asf|flv|mxf|ogv|vob|3gp|gif|y4m|264|265|h264|hevc|dv)$/i.test(
    path,
  );
}
