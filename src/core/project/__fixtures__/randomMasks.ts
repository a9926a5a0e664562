/** Masks with any combination of parts, for property tests. */
import fc from 'fast-check';
import { encodeRle, rleArea, rleBox } from '../../mask/rle';
import { cues, maskEdits, type FrameMask } from '../../track/maskTrack';

const rles = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
      .map((data) => encodeRle({ width, height, data })),
  );

const softs = fc
  .record({
    width: fc.integer({ min: 1, max: 384 }),
    height: fc.integer({ min: 1, max: 384 }),
    bytes: fc.uint8Array({ maxLength: 200 }),
  })
  .map((soft) => ({ ...soft, bytes: new Uint8Array(soft.bytes) }));

const unit = fc.double({ min: 0, max: 1, noNaN: true });

export const randomMask: fc.Arbitrary<FrameMask> = fc
  .record(
    {
      rle: rles,
      predictedIou: fc.option(unit),
      confidence: unit,
      cue: fc.constantFrom(...cues),
      soft: softs,
      isAccepted: fc.constant(true),
      edit: fc.constantFrom(...maskEdits),
    },
    { requiredKeys: ['rle', 'predictedIou'] },
  )
  .map((parts) => ({ ...parts, box: rleBox(parts.rle), areaPx: rleArea(parts.rle) }));
