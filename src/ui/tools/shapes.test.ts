/** Painting by pointer: what polygon, lasso and fill leave in the masks. */
import { describe, expect, it } from 'vitest';
import { travelHistory } from '../../state/travelHistory';
import { paintText } from '../text/paintText';
import {
  at,
  count,
  firstDifference,
  filled,
  HEIGHT,
  minus,
  paintDisc,
  painted,
  steps,
  stroked,
  WIDTH,
} from './testing/paintedPixels';
import { ToolBench } from './testing/toolBench';

function expectPixels(found: Uint8Array, wanted: Uint8Array): void {
  expect(firstDifference(found, wanted)).toBe(-1);
}

const triangle = [
  { x: 100, y: 100 },
  { x: 200, y: 100 },
  { x: 150, y: 180 },
] as const;

describe('polygon', () => {
  function placeTriangle(bench: ToolBench): void {
    triangle.forEach(({ x, y }) => bench.click(x, y));
  }

  it('is closed on the first corner, by a double click, or by Enter', () => {
    const closings: ((bench: ToolBench) => void)[] = [
      (bench) => bench.click(104, 103),
      (bench) => bench.click(150, 180),
      (bench) => bench.host.shapeKey('finish'),
    ];
    for (const close of closings) {
      const bench = new ToolBench('polygon');
      const before = steps(bench);
      placeTriangle(bench);
      expect(bench.host.isUnfinished).toBe(true);
      expect(count(painted(bench))).toBe(0);
      close(bench);
      expect(bench.host.isUnfinished).toBe(false);
      expectPixels(painted(bench), filled(triangle));
      expect(bench.store.getState().lastEdit?.name).toBe('Polygon');
      expect(steps(bench)).toBe(before + 1);
    }
  });

  it('takes corners back one by one, and is given up whole', () => {
    const bench = new ToolBench('polygon');
    const before = steps(bench);
    placeTriangle(bench);
    bench.click(120, 250);
    expect(bench.host.shapeKey('removeLast')).toBe(true);
    bench.host.shapeKey('finish');
    expectPixels(painted(bench), filled(triangle));
    bench.click(300, 100);
    bench.click(400, 100);
    expect(bench.host.shapeKey('finish')).toBe(true);
    expect(bench.host.isUnfinished).toBe(true);
    bench.host.shapeKey('removeLast');
    bench.host.shapeKey('removeLast');
    expect(bench.host.isUnfinished).toBe(false);
    expect(bench.host.shapeKey('removeLast')).toBe(false);
    placeTriangle(bench);
    bench.host.cancel();
    expect(bench.host.isUnfinished).toBe(false);
    expect(steps(bench)).toBe(before + 1);
  });

  it('removes when begun with Alt, the secondary button or the switch', () => {
    const bench = new ToolBench('polygon');
    placeTriangle(bench);
    bench.host.shapeKey('finish');
    const begin: ((bench: ToolBench) => void)[] = [
      () => bench.click(100, 100, { hasAlt: true }),
      () => bench.click(100, 100, { button: 2 }),
      () => {
        bench.store.getState().setRemoving(true);
        bench.click(100, 100);
      },
    ];
    for (const first of begin) {
      first(bench);
      bench.click(150, 100);
      bench.click(150, 140);
      bench.host.shapeKey('finish');
      const cut = filled([
        { x: 100, y: 100 },
        { x: 150, y: 100 },
        { x: 150, y: 140 },
      ]);
      expectPixels(painted(bench), minus(filled(triangle), cut));
      travelHistory(bench.store, 'undo');
    }
  });

  it('pans in between, belongs to its frame, and is gone with another tool or other footage', () => {
    const bench = new ToolBench('polygon');
    bench.click(100, 100);
    bench.click(200, 100);
    bench.drag([300, 300], [310, 310], { isPan: true });
    bench.click(150, 180);
    bench.host.shapeKey('finish');
    expectPixels(painted(bench), filled(triangle));
    bench.click(300, 100);
    bench.store.getState().setShownFrame(2);
    placeTriangle(bench);
    bench.host.shapeKey('finish');
    expectPixels(painted(bench, 1, 2), filled(triangle));
    bench.click(300, 100);
    bench.store.getState().setTool('box');
    bench.move(1, 1);
    expect(bench.host.isUnfinished).toBe(false);
  });
});

describe('lasso', () => {
  it('fills the line drawn, closed from its end to its beginning', () => {
    const bench = new ToolBench('lasso');
    bench.press(100, 100);
    bench.move(200, 100);
    bench.frame();
    bench.move(150, 180);
    bench.release(150, 180);
    expectPixels(painted(bench), filled(triangle));
    expect(bench.store.getState().lastEdit?.name).toBe('Lasso');
    bench.press(150, 100, { button: 2 });
    bench.move(200, 100);
    bench.move(200, 180);
    bench.move(150, 180);
    bench.release(150, 180);
    expectPixels(
      painted(bench),
      filled(triangle).map((value, index) => (index % WIDTH < 150 ? value : 0)),
    );
  });

  it('does nothing for a click or a drag given up', () => {
    const bench = new ToolBench('lasso');
    const before = steps(bench);
    bench.click(100, 100);
    bench.press(100, 100);
    bench.move(200, 100);
    bench.move(150, 180);
    bench.frame();
    bench.host.cancel();
    expect(count(painted(bench))).toBe(0);
    expect(steps(bench)).toBe(before);
  });
});

describe('fill', () => {
  /** A ring of label 1 around (200, 200). */
  function ringBench(): ToolBench {
    const bench = new ToolBench('brush');
    bench.press(150, 150);
    [
      [250, 150],
      [250, 250],
      [150, 250],
      [150, 150],
    ].forEach(([x, y]) => bench.move(x!, y!));
    bench.release(150, 150);
    bench.store.getState().setTool('fill');
    return bench;
  }

  it('gives enclosed background to the active label', () => {
    const bench = ringBench();
    const before = painted(bench);
    bench.click(200, 200);
    const added = minus(painted(bench), before);
    expect(count(added)).toBe(80 * 80);
    expect(added[200 * WIDTH + 200]).toBe(1);
    expect(bench.store.getState().lastEdit?.name).toBe('Fill');
  });

  it('fills background that reaches the edge only with Shift', () => {
    const bench = ringBench();
    const before = painted(bench);
    bench.click(500, 200);
    expectPixels(painted(bench), before);
    expect(bench.store.getState().paintNote).toBe(paintText.fillReachesEdge);
    bench.click(500, 200, { hasShift: true });
    expect(count(painted(bench))).toBe(WIDTH * HEIGHT - 80 * 80);
    expect(bench.store.getState().paintNote).toBeNull();
  });

  it('takes a piece of another label over, and removes a piece of its own', () => {
    const bench = ringBench();
    paintDisc(bench, 500, 100);
    bench.store.getState().addLabel();
    bench.store.getState().setTool('fill');
    bench.click(500, 100);
    expectPixels(painted(bench, 2), stroked(at(500, 100)));
    expect(painted(bench, 1)[100 * WIDTH + 500]).toBe(0);
    bench.click(500, 100);
    expect(bench.store.getState().paintNote).toMatch(/already/);
    bench.click(150, 150, { button: 2 });
    expect(bench.store.getState().paintNote).toMatch(/^Nothing was erased/);
    bench.click(500, 100, { button: 2 });
    expect(count(painted(bench, 2))).toBe(0);
    bench.click(-20, 100);
    expect(bench.store.getState().paintNote).toBe(paintText.outsidePicture);
  });
});
