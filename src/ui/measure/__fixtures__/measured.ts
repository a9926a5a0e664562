/** What measuring could have found for two labels over some frames, for tests of how it is shown. */
import type { Label } from '../../../core/label/label';
import type { Measurements } from '../../../core/measure/measurementTable';

function upper(frame: number): number {
  return 100 + frame + 8 * Math.sin(frame / 5);
}

function lower(frame: number): number {
  return frame > 40 && frame < 45 ? Number.NaN : 50 - frame / 2;
}

/** Areas of 100 + frame and 50 - frame / 2, both with bounds of +-10; centroids; doubt on frames 20 to 24; events. */
export function measured(labels: readonly Label[], frameCount = 60, unit = 'mm'): Measurements {
  const [first, second] = labels;
  if (!first || !second) {
    throw new Error('needs two labels');
  }
  const of = (value: (frame: number) => number): Float64Array =>
    Float64Array.from({ length: frameCount }, (_, frame) => value(frame));
  const area = { quantity: 'area', otherId: null, unit: `${unit}²` } as const;
  return {
    table: {
      frames: Int32Array.from({ length: frameCount }, (_, frame) => frame),
      timesSec: of((frame) => frame / 25),
      labels: [first, second],
      statuses: [first, second].map(({ objectId }) => ({
        objectId,
        status: Array.from({ length: frameCount }, (_, frame) => (frame === 0 ? 'annotated' : 'propagated')),
        confidence: of((frame) => (frame >= 20 && frame < 25 ? 0.3 : 0.9)),
      })),
      columns: [
        {
          ...area,
          objectId: first.objectId,
          values: of(upper),
          lower: of((frame) => upper(frame) - 10),
          upper: of((frame) => upper(frame) + 10),
        },
        {
          ...area,
          objectId: second.objectId,
          values: of(lower),
          lower: of((frame) => lower(frame) - 10),
          upper: of((frame) => lower(frame) + 10),
        },
        {
          quantity: 'speed',
          otherId: null,
          unit: `${unit}/s`,
          objectId: first.objectId,
          values: of(() => 2.5),
        },
        {
          quantity: 'contactLength',
          otherId: second.objectId,
          unit,
          objectId: first.objectId,
          values: of((frame) => frame / 10),
        },
      ],
    },
    events: [
      {
        frameIndex: 12,
        objectId: first.objectId,
        kind: 'split',
        piecesBefore: 1,
        piecesAfter: 2,
        areaPx: 400,
        at: { x: 4, y: 5 },
      },
      {
        frameIndex: 30,
        objectId: second.objectId,
        kind: 'vanish',
        piecesBefore: 1,
        piecesAfter: 0,
        areaPx: 40,
        at: { x: 4, y: 5 },
      },
    ],
  };
}
