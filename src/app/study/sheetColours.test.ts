/** The colours of a contact sheet, where a reference numbers its labels otherwise than the project. */
import { expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { referenceSet, resultSet } from '../../core/compare/maskSet';
import { createLabel, type Label } from '../../core/label/label';
import { emptyTrack, type FrameMask, type Tracks } from '../../core/track/maskTrack';
import { sheetColours } from './sheetColours';

const first = { ...createLabel([]), name: 'fish', colour: '#110000' };
const second = { ...createLabel([first]), name: 'weed', colour: '#220000' };

function maskAtPx(fromPx: number): FrameMask {
  const rle = { size: [4, 4], counts: Uint32Array.of(fromPx, 4, 12 - fromPx) } as const;
  return { rle, box: [0, 0, 4, 4], areaPx: 4, predictedIou: null };
}

/** Each label's mask on frame 0, by the pixel where it begins. */
function tracksOf(labels: readonly Label[], starts: readonly number[]): Tracks {
  return new Map(
    labels.map(({ objectId: id }, place) => [
      id,
      { ...emptyTrack(id), prompted: new Map([[0, maskAtPx(starts[place]!)]]) },
    ]),
  );
}

const stretch = { fromFrame: 0, toFrame: 0 };
const drawn = resultSet(
  'a',
  'a',
  { labels: [first, second], tracks: tracksOf([first, second], [0, 8]) },
  stretch,
);

it('gives the labels of a reference the colours of those they lie on, whatever their ids', () => {
  const third = { ...createLabel([first, second]), name: 'rock', colour: '#bb0000' };
  const labels = [
    { ...first, name: 'B', colour: '#990000' },
    { ...second, name: 'A', colour: '#aa0000' },
    third,
  ];
  const tracks = tracksOf(labels, [8, 0, 4]);
  const reference = referenceSet({ id: 1, name: 'truth', labels, tracks } as never, 1);
  expect([...sheetColours(reference, [first, second], drawn)]).toEqual([
    [objectId(1), '#220000'],
    [objectId(2), '#110000'],
    [third.objectId, '#bb0000'],
  ]);
  expect(sheetColours(reference, [first, second], null).get(objectId(1))).toBe('#990000');
});

it('gives other sets the colours that the project’s labels have now', () => {
  const recoloured = { ...first, colour: '#550000' };
  expect([...sheetColours(drawn, [recoloured], drawn).values()]).toEqual(['#550000', '#220000']);
});
