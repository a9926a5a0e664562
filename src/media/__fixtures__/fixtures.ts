/** The committed footage and what ffmpeg saw in it, for browser tests. */
import expectedJson from './expected.json';

/** ffmpeg's own reading of one clip; see scripts/makeFixtures.mjs. */
export type ExpectedClip = {
  width: number;
  height: number;
  timestampsSec: number[];
  /** One per frame: mean RGB of the cells of an 8x8 grid, row by row, base64. */
  signatures: string[];
};

const GRID = 8;
const expected: Readonly<Record<string, ExpectedClip>> = expectedJson;
const urls = import.meta.glob<string>(['./*.{mp4,mkv,webm,m2t,mpg,avi,mov,zip}'], {
  query: '?url',
  import: 'default',
  eager: true,
});

export function expectedOf(name: string): ExpectedClip {
  const clip = expected[name];
  if (!clip) {
    throw new Error(`no expectation for ${name}`);
  }
  return clip;
}

export async function fixtureFile(name: string): Promise<File> {
  const url = urls[`./${name}`];
  if (!url) {
    throw new Error(`no fixture ${name}`);
  }
  const response = await fetch(url);
  return new File([await response.arrayBuffer()], name);
}

/** The same measure of a picture as in expected.json. `data` is RGBA, row-major. */
export function signatureOf(picture: { width: number; height: number; data: Uint8ClampedArray }): Uint8Array {
  const { width, height, data } = picture;
  const cells = new Uint8Array(GRID * GRID * 3);
  for (let cell = 0; cell < GRID * GRID; cell += 1) {
    const [row, column] = [Math.floor(cell / GRID), cell % GRID];
    const [x0, x1] = [Math.floor((column * width) / GRID), Math.floor(((column + 1) * width) / GRID)];
    const [y0, y1] = [Math.floor((row * height) / GRID), Math.floor(((row + 1) * height) / GRID)];
    for (let channel = 0; channel < 3; channel += 1) {
      let sum = 0;
      for (let y = y0; y < y1; y += 1) {
        for (let x = x0; x < x1; x += 1) {
          sum += data[(y * width + x) * 4 + channel] ?? 0;
        }
      }
      cells[cell * 3 + channel] = Math.round(sum / ((x1 - x0) * (y1 - y0)));
    }
  }
  return cells;
}

/** Mean absolute difference of two signatures, in levels of 0..255. */
function distance(left: Uint8Array, right: Uint8Array): number {
  return left.reduce((sum, value, index) => sum + Math.abs(value - (right[index] ?? 0)), 0) / left.length;
}

/** Which of ffmpeg's frames a picture is nearest to, and how far it is from that. */
export function nearestFrame(
  clip: ExpectedClip,
  signature: Uint8Array,
): { frameIndex: number; distance: number } {
  const distances = clip.signatures.map((base64) =>
    distance(
      Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0),
      signature,
    ),
  );
  const nearest = Math.min(...distances);
  return { frameIndex: distances.indexOf(nearest), distance: nearest };
}
