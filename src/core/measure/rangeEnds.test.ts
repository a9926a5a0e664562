/** Slopes at the ends of a range are those of the footage as it goes on, also where frames come at uneven times. */
import { expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { frameOf, measured, rleWhere } from './__fixtures__/shapes';
import { buildTable } from './buildTable';
import { plainCalibration } from './calibration';
import { columnOf } from './measurementTable';

const size = { width: 64, height: 48 };
const one = objectId(1);
const timesSec = Float64Array.of(0, 0.1, 0.4, 0.5, 0.7, 1.3);
/** Where the label begins on each frame. */
const lefts = [0, 4, 5, 9, 17, 20];
const measurements = lefts.map((left) =>
  measured(frameOf(size, [rleWhere(size, (x, y) => x > left && x < left + 8 && y > left / 2 && y < 30)])),
);

function speeds(from: number, to: number, isOpen: boolean) {
  const table = buildTable({
    fromFrame: from,
    measurements: measurements.slice(from, to + 1),
    ...(isOpen && from > 0 ? { before: measurements[from - 1] } : {}),
    ...(isOpen && to < 5 ? { after: measurements[to + 1] } : {}),
    frameTable: { timestampsSec: timesSec, lastDurationSec: 0.1 },
    size,
    calibration: plainCalibration,
    labels: [{ objectId: one, name: 'dye', colour: '#000000' }],
    statuses: [],
    quantities: ['velocityX', 'velocityY', 'speed', 'areaRate'],
  });
  expect([...table.frames]).toEqual(Array.from({ length: to - from + 1 }, (_, index) => from + index));
  return (['velocityX', 'velocityY', 'speed', 'areaRate'] as const).map((quantity) =>
    Array.from(columnOf(table, quantity, one)!.values, (value) => Number(value.toFixed(6))),
  );
}

it.each([
  [1, 4],
  [2, 5],
  [0, 3],
  [3, 3],
])('from frame %i to %i', (from, to) => {
  const whole = speeds(0, 5, true);
  expect(speeds(from, to, true)).toEqual(whole.map((values) => values.slice(from, to + 1)));
  const [x, y, speed] = whole;
  expect(speed).toEqual(x!.map((value, index) => expect.closeTo(Math.hypot(value, y![index]!), 4)));
});

it('goes by what there is where the footage begins or nothing is known beside the range', () => {
  expect(speeds(0, 1, false)[0]).toEqual([40, 40]);
  expect(speeds(4, 5, false)[0]).toEqual([5, 5]);
});
