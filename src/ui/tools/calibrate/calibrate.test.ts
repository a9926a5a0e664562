/** Calibrating by pointer: lines, axes and regions are drawn, changed by their handles, given up and undone. */
import { describe, expect, it } from 'vitest';
import { plainCalibration } from '../../../core/measure/calibration';
import type { ToolId } from '../../../state/maskflowState';
import { travelHistory } from '../../../state/travelHistory';
import { ToolBench } from '../testing/toolBench';
import { AXIS_PX } from './calibrationHandles';

/** Nothing to undo yet. */
function benchWith(tool: ToolId): ToolBench {
  const bench = new ToolBench(tool);
  bench.store.temporal.getState().clear();
  return bench;
}

function steps({ store }: ToolBench): number {
  return store.temporal.getState().pastStates.length;
}

describe('the scale line', () => {
  it('is drawn by one drag, with its own length until the user tells it', () => {
    const bench = benchWith('scaleLine');
    bench.drag([100, 50], [130, 90]);
    expect(bench.store.getState().calibration.scale).toEqual({
      from: { x: 100, y: 50 },
      to: { x: 130, y: 90 },
      length: 50,
      unit: 'px',
    });
    expect(steps(bench)).toBe(1);
    travelHistory(bench.store, 'undo');
    expect(bench.store.getState().calibration).toEqual(plainCalibration);
  });

  it('keeps the length that was told when an end is dragged, or when it is drawn anew', () => {
    const bench = benchWith('scaleLine');
    const scale = { from: { x: 100, y: 50 }, to: { x: 200, y: 50 }, length: 10, unit: 'mm' };
    bench.store.getState().setCalibration({ scale });
    bench.drag([200, 50], [220, 60]);
    expect(bench.store.getState().calibration.scale).toEqual({ ...scale, to: { x: 220, y: 60 } });
    bench.drag([300, 300], [400, 300]);
    expect(bench.store.getState().calibration.scale).toEqual({
      ...scale,
      from: { x: 300, y: 300 },
      to: { x: 400, y: 300 },
    });
  });

  it('keeps to round angles with Shift', () => {
    const bench = benchWith('scaleLine');
    bench.press(100, 100);
    bench.move(200, 103, { hasShift: true });
    bench.frame();
    bench.host.pointerUp(bench.at(200, 103, { hasShift: true }));
    expect(bench.store.getState().calibration.scale?.to).toEqual({ x: 200, y: 100 });
  });

  it('leaves nothing behind when it is given up', () => {
    const bench = benchWith('scaleLine');
    bench.store.getState().setCalibration({ frameRate: 100 });
    const before = bench.store.getState().calibration;
    bench.press(100, 100);
    bench.move(200, 103);
    bench.frame();
    bench.host.cancel();
    expect(bench.store.getState().calibration).toBe(before);
    expect(steps(bench)).toBe(1);
  });
});

describe('the axes', () => {
  it('begin where the pointer was pressed and point where it was dragged, counter-clockwise', () => {
    const bench = benchWith('axes');
    bench.drag([100, 200], [200, 100]);
    expect(bench.store.getState().calibration).toMatchObject({ origin: { x: 100, y: 200 }, angleDeg: 45 });
    expect(steps(bench)).toBe(1);
  });

  it('are moved by the origin and turned by the tip of x', () => {
    const bench = benchWith('axes');
    bench.click(100, 200);
    bench.drag([100, 200], [150, 220]);
    expect(bench.store.getState().calibration).toMatchObject({ origin: { x: 150, y: 220 }, angleDeg: 0 });
    bench.drag([150 + AXIS_PX, 220], [150, 100]);
    expect(bench.store.getState().calibration).toMatchObject({ origin: { x: 150, y: 220 }, angleDeg: 90 });
  });
});

describe('the measured region', () => {
  it('is drawn as a rectangle of whole pixels, resized by its handles and moved by its edge', () => {
    const bench = benchWith('regionBox');
    bench.drag([100.4, 50.2], [300, 150]);
    expect(bench.store.getState().calibration.region).toEqual({ kind: 'box', box: [100, 50, 300, 150] });
    bench.drag([300, 150], [320, 160]);
    expect(bench.store.getState().calibration.region).toEqual({ kind: 'box', box: [100, 50, 320, 160] });
    // Between the handles of the corner and of the side.
    bench.drag([150, 50], [160, 60]);
    expect(bench.store.getState().calibration.region).toEqual({ kind: 'box', box: [110, 60, 330, 170] });
  });

  it('is placed corner by corner, and each corner can be dragged', () => {
    const bench = benchWith('regionPolygon');
    bench.click(100, 100);
    bench.click(200, 100);
    bench.click(200, 200);
    bench.click(100, 200);
    bench.host.shapeKey('removeLast');
    expect(bench.store.getState().calibration.region).toBeNull();
    bench.host.shapeKey('finish');
    const points = [
      { x: 100, y: 100 },
      { x: 200, y: 100 },
      { x: 200, y: 200 },
    ];
    expect(bench.store.getState().calibration.region).toEqual({ kind: 'polygon', points });
    expect(steps(bench)).toBe(1);
    bench.drag([200, 200], [180, 240]);
    expect(bench.store.getState().calibration.region).toEqual({
      kind: 'polygon',
      points: points.with(2, { x: 180, y: 240 }),
    });
  });
});

it('the select tool takes handles only while the calibration is on show', () => {
  const bench = benchWith('select');
  bench.store.getState().setCalibration({ region: { kind: 'box', box: [100, 50, 300, 150] } });
  bench.drag([300, 150], [320, 160]);
  expect(bench.store.getState().calibration.region).toEqual({ kind: 'box', box: [100, 50, 300, 150] });
  bench.store.getState().setInspectorTab('measure');
  bench.drag([300, 150], [320, 160]);
  expect(bench.store.getState().calibration.region).toEqual({ kind: 'box', box: [100, 50, 320, 160] });
});
