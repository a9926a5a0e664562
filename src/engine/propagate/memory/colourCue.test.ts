/** Colour as a cue: labels of different colours come apart, unknown colours say nothing, and runs repeat. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RgbaPicture } from '../../sam/preprocess';
import { ColourModel } from './colourModel';
import { colourLogits, learnColours, workPictureOf, type WorkPicture } from './colourCue';
import type { SoftLabels } from './softLabels';

const WIDTH = 48;
const HEIGHT = 32;
const COUNT = WIDTH * HEIGHT;

type Rgb = readonly [number, number, number];

const colour: fc.Arbitrary<Rgb> = fc.tuple(
  fc.integer({ min: 20, max: 235 }),
  fc.integer({ min: 20, max: 235 }),
  fc.integer({ min: 20, max: 235 }),
);

/** Three colours far apart from each other: background and two labels. */
const palette = fc
  .tuple(colour, colour, colour)
  .filter(([a, b, c]) => Math.min(distance(a, b), distance(b, c), distance(a, c)) > 60);

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Background above, label 1 below left, label 2 below right. */
function planeAt(pixel: number): number {
  const y = Math.floor(pixel / WIDTH);
  return y < HEIGHT / 2 ? 0 : pixel % WIDTH < WIDTH / 2 ? 1 : 2;
}

const truth: SoftLabels = {
  width: WIDTH,
  height: HEIGHT,
  planes: [0, 1, 2].map((plane) =>
    Float32Array.from({ length: COUNT }, (_, pixel) => (planeAt(pixel) === plane ? 1 : 0)),
  ),
};

const anywhere: SoftLabels = {
  ...truth,
  planes: truth.planes.map(() => new Float32Array(COUNT).fill(1 / 3)),
};

/** Each pixel's colour by `paint`, with a little noise that repeats. */
function pictureOf(paint: (pixel: number) => Rgb, noise = 4): WorkPicture {
  const rgb = new Uint8Array(COUNT * 3);
  for (let pixel = 0; pixel < COUNT; pixel += 1) {
    paint(pixel).forEach((value, channel) => {
      const wobble = ((((pixel * 7 + channel * 3) * 2654435761) >>> 16) % (2 * noise + 1)) - noise;
      rgb[pixel * 3 + channel] = Math.max(0, Math.min(255, value + wobble));
    });
  }
  return { width: WIDTH, height: HEIGHT, rgb };
}

describe('colourLogits', () => {
  it('finds labels by their colours wherever they went', () => {
    fc.assert(
      fc.property(palette, (colours) => {
        const model = learnColours([
          { picture: pictureOf((pixel) => colours[planeAt(pixel)]!), labels: truth },
        ]);
        // The picture upside down and mirrored, and nothing known of places.
        const logits = colourLogits(
          pictureOf((pixel) => colours[planeAt(COUNT - 1 - pixel)]!),
          anywhere,
          model,
          1,
        );
        for (let pixel = 0; pixel < COUNT; pixel += 1) {
          const now = planeAt(COUNT - 1 - pixel);
          expect(logits[0]![pixel]! > 0).toBe(now === 1);
          expect(logits[1]![pixel]! > 0).toBe(now === 2);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('leaves colours that nobody has to the prior', () => {
    const model = learnColours([
      {
        picture: pictureOf(
          (pixel) =>
            (
              [
                [20, 20, 20],
                [60, 20, 20],
                [20, 60, 20],
              ] as const
            )[planeAt(pixel)]!,
        ),
        labels: truth,
      },
    ]);
    const strange = pictureOf(() => [230, 120, 240]);
    const logits = colourLogits(strange, truth, model, 1);
    for (let pixel = 0; pixel < COUNT; pixel += 1) {
      expect(logits[0]![pixel]! > 0).toBe(planeAt(pixel) === 1);
      expect(logits[1]![pixel]! > 0).toBe(planeAt(pixel) === 2);
    }
    for (const plane of colourLogits(strange, anywhere, model, 1)) {
      plane.forEach((logit) => expect(logit).toBeCloseTo(Math.log(1 / 3 / (2 / 3)), 1));
    }
  });

  it('follows the prior where labels have one colour', () => {
    fc.assert(
      fc.property(colour, (grey) => {
        const picture = pictureOf(() => grey);
        const logits = colourLogits(picture, truth, learnColours([{ picture, labels: truth }]), 1);
        for (let pixel = 0; pixel < COUNT; pixel += 1) {
          expect(logits[0]![pixel]! > 0).toBe(planeAt(pixel) === 1);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(palette, (colours) => {
        const picture = pictureOf((pixel) => colours[planeAt(pixel)]!, 12);
        const once = () => colourLogits(picture, anywhere, learnColours([{ picture, labels: truth }]), 0.5);
        expect(once()).toEqual(once());
      }),
      { numRuns: 5 },
    );
  });

  it('is finite whatever the colours', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: COUNT * 3, maxLength: COUNT * 3 }), (rgb) => {
        const picture = { width: WIDTH, height: HEIGHT, rgb };
        const logits = colourLogits(picture, truth, learnColours([{ picture, labels: truth }]), 1);
        expect(logits.every((plane) => plane.every((value) => Number.isFinite(value)))).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('does without samples of a label', () => {
    const nothing: SoftLabels = {
      ...truth,
      planes: [new Float32Array(COUNT).fill(1), new Float32Array(COUNT), new Float32Array(COUNT)],
    };
    const picture = pictureOf(() => [90, 120, 60]);
    const logits = colourLogits(picture, nothing, learnColours([{ picture, labels: nothing }]), 1);
    expect(logits.every((plane) => plane.every((value) => value < 0))).toBe(true);
  });
});

describe('ColourModel', () => {
  it('makes a colour the likelier the nearer it is to what was seen', () => {
    fc.assert(
      fc.property(colour, (seen) => {
        const samples = Float32Array.from({ length: 300 }, (_, at) => seen[at % 3]! + ((at * 5) % 7) - 3);
        const model = new ColourModel([samples]);
        const likelihood = ([r, g, b]: Rgb): number => model.table[model.lookUp(r, g, b)]!;
        const away = (by: number): Rgb => [seen[0] + (seen[0] > 127 ? -by : by), seen[1], seen[2]];
        expect(likelihood(seen)).toBeGreaterThan(likelihood(away(24)));
        expect(likelihood(away(24))).toBeGreaterThanOrEqual(likelihood(away(48)));
        expect(likelihood(away(100))).toBeCloseTo(Math.log(0.01 / 256 ** 3), 3);
      }),
    );
  });

  it('learns from chosen pixels only', () => {
    const picture = pictureOf((pixel) => (pixel % WIDTH < WIDTH / 2 ? [200, 40, 40] : [40, 40, 200]), 0);
    const labels = { ...truth, planes: [new Float32Array(COUNT).fill(1)] };
    const model = learnColours([{ picture, labels }], (pixel) => pixel % WIDTH < WIDTH / 2);
    expect(model.table[model.lookUp(200, 40, 40)]!).toBeGreaterThan(-12);
    expect(model.table[model.lookUp(40, 40, 200)]!).toBeLessThan(-20);
  });
});

describe('workPictureOf', () => {
  it('averages the pixels under each of its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        (scale, rgb) => {
          const picture: RgbaPicture = {
            width: 2 * scale,
            height: 2 * scale,
            data: Uint8ClampedArray.from({ length: 16 * scale ** 2 }, (_, at) => {
              const pixel = at >> 2;
              const x = Math.floor((pixel % (2 * scale)) / scale);
              const y = Math.floor(pixel / (2 * scale) / scale);
              return at % 4 === 3 ? 255 : rgb[(y * 2 + x) * 3 + (at % 4)]!;
            }),
          };
          expect(workPictureOf(picture, { width: 2, height: 2 }).rgb).toEqual(Uint8Array.from(rgb));
        },
      ),
    );
  });
});
