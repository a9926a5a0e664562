/** Painting by pointer: what brush and eraser leave in the masks. */
import { describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { maskAt } from '../../core/track/maskTrack';
import { travelHistory } from '../../state/travelHistory';
import { paintText } from '../text/paintText';
import {
  at,
  count,
  firstDifference,
  minus,
  paintDisc,
  painted,
  steps,
  stroked,
} from './testing/paintedPixels';
import { ToolBench } from './testing/toolBench';

function expectPixels(found: Uint8Array, wanted: Uint8Array): void {
  expect(firstDifference(found, wanted)).toBe(-1);
}

describe('brush', () => {
  it('gives the active label the pixels of the stroke, as one step of undo with a name', () => {
    const bench = new ToolBench('brush');
    const before = steps(bench);
    bench.press(100, 100);
    bench.move(150, 120);
    bench.move(180, 90);
    bench.frame();
    bench.release(200, 90);
    expectPixels(painted(bench), stroked(at(100, 100), at(150, 120), at(180, 90), at(200, 90)));
    expect(maskAt(bench.store.getState().tracks.get(objectId(1)), 0)?.mask).toMatchObject({
      edit: 'painted',
      isAccepted: true,
      predictedIou: null,
    });
    expect(bench.store.getState().lastEdit).toMatchObject({ name: 'Brush', fromFrame: 0, toFrame: 0 });
    expect(steps(bench)).toBe(before + 1);
    travelHistory(bench.store, 'undo');
    expect(count(painted(bench))).toBe(0);
    travelHistory(bench.store, 'redo');
    expect(count(painted(bench))).toBeGreaterThan(0);
  });

  it('passes every place that came in between two frames, in one delivery', () => {
    const bench = new ToolBench('brush');
    bench.press(50, 50);
    for (const [x, y] of [
      [60, 80],
      [90, 85],
      [120, 40],
    ] as const) {
      bench.move(x, y);
    }
    bench.frame();
    expect(bench.deliveries).toBe(1);
    bench.release(120, 40);
    expectPixels(painted(bench), stroked(at(50, 50), at(60, 80), at(90, 85), at(120, 40)));
  });

  it('changes nothing before it is let go, and nothing at all when given up', () => {
    const bench = new ToolBench('brush');
    const before = bench.store.getState().tracks;
    const stepsBefore = steps(bench);
    bench.press(100, 100);
    bench.move(200, 100);
    bench.frame();
    expect(bench.store.getState().tracks).toBe(before);
    bench.host.cancel();
    expect(bench.store.getState().tracks).toBe(before);
    expect(steps(bench)).toBe(stepsBefore);
    bench.click(300, 100);
    expectPixels(painted(bench), stroked(at(300, 100)));
  });

  it('erases with Alt and with the secondary button, from the active label alone', () => {
    const bench = new ToolBench('brush');
    paintDisc(bench, 100, 100);
    bench.store.getState().addLabel();
    paintDisc(bench, 118, 100);
    const first = painted(bench, 1);
    bench.press(125, 100, { hasAlt: true });
    bench.release(125, 100);
    expectPixels(painted(bench, 2), minus(stroked(at(118, 100)), stroked(at(125, 100))));
    bench.click(110, 100, { button: 2 });
    expectPixels(painted(bench, 1), first);
    expect(bench.store.getState().lastEdit?.name).toBe('Erase');
    bench.click(118, 100, { button: 1 });
    expect(bench.store.getState().lastEdit?.name).toBe('Erase');
  });

  it('goes on in a straight line from the last end with Shift', () => {
    const bench = new ToolBench('brush');
    bench.press(300, 100, { hasShift: true });
    bench.release(300, 100);
    expectPixels(painted(bench), stroked(at(300, 100)));
    bench.store.getState().setShownFrame(1);
    bench.click(400, 200, { hasShift: true });
    expectPixels(painted(bench, 1, 1), stroked(at(300, 100), at(400, 200)));
  });

  it('is as large as it was made, and as a pen is pressed', () => {
    const bench = new ToolBench('brush');
    bench.store.getState().setBrushPx(40);
    bench.press(100, 100, { pressure: 0.5 });
    bench.move(200, 100, { pressure: 1 });
    bench.move(230, 100, { pressure: 0.01 });
    bench.frame();
    // The event of lifting a pen tells no pressure.
    bench.release(250, 100);
    expectPixels(painted(bench), stroked(at(100, 100), at(200, 100, 20), at(230, 100, 2), at(250, 100, 2)));
  });

  it('keeps to the picture and may begin outside of it', () => {
    const bench = new ToolBench('brush');
    bench.drag([-30, 100], [-5, 100]);
    const pixels = painted(bench);
    expectPixels(pixels, stroked(at(-30, 100), at(-17.5, 100), at(-5, 100)));
    expect(count(pixels)).toBeGreaterThan(0);
  });

  it('paints on top, only on background, or only inside a label', () => {
    const bench = new ToolBench('brush');
    paintDisc(bench, 100, 100);
    const first = painted(bench, 1);
    const { objectId: second } = bench.store.getState().addLabel();
    bench.store.getState().setPaintOrder('onlyBackground');
    bench.click(110, 100);
    expectPixels(painted(bench, 2), minus(stroked(at(110, 100)), first));
    expectPixels(painted(bench, 1), first);
    bench.store.getState().setActiveLabel(objectId(1));
    bench.store.getState().setPaintOrder({ onlyInside: second });
    bench.click(125, 100);
    expectPixels(painted(bench, 2), minus(minus(stroked(at(110, 100)), first), stroked(at(125, 100))));
    const beforeLast = painted(bench, 1);
    const gained = minus(beforeLast, first);
    expect(count(gained)).toBeGreaterThan(0);
    expect(count(minus(gained, stroked(at(110, 100))))).toBe(0);
    bench.store.getState().setPaintOrder('onTop');
    bench.store.getState().setActiveLabel(second);
    bench.click(100, 100);
    expectPixels(painted(bench, 1), minus(beforeLast, stroked(at(100, 100))));
    expect(bench.store.getState().paintNote).toBeNull();
  });

  it('says so when the order leaves nothing to paint', () => {
    const bench = new ToolBench('brush');
    bench.store.getState().setPaintOrder({ onlyInside: objectId(1) });
    bench.click(100, 100);
    expect(count(painted(bench))).toBe(0);
    expect(bench.store.getState().paintNote).toBe(paintText.insideItself.replace('{label}', 'label 1'));
    expect(bench.host.isBusy).toBe(false);
  });

  it('never changes locked pixels, whose label can be painted itself', () => {
    const bench = new ToolBench('brush');
    bench.store.getState().addLabel('locked');
    paintDisc(bench, 100, 100);
    bench.store.getState().setActiveLabel(objectId(1));
    bench.store.getState().setShownFrame(5);
    bench.click(110, 100);
    expectPixels(painted(bench, 1, 5), minus(stroked(at(110, 100)), stroked(at(100, 100))));
    bench.store.getState().setBrushPx(4);
    bench.click(100, 100);
    expect(bench.store.getState().paintNote).toMatch(/^Nothing changed/);
  });

  it('pauses, shows a hidden label, and makes one when there is none', () => {
    const bench = new ToolBench('brush');
    bench.store.getState().updateLabel(objectId(1), { isVisible: false });
    bench.store.getState().seek(7);
    bench.store.getState().setShownFrame(6);
    bench.store.getState().setPlaying(true);
    bench.click(100, 100);
    expect(bench.store.getState()).toMatchObject({ isPlaying: false, currentFrame: 6 });
    expect(bench.store.getState().labels[0]?.isVisible).toBe(true);
    expect(count(painted(bench, 1, 6))).toBeGreaterThan(0);
    bench.store.getState().deleteLabel(objectId(1));
    const before = steps(bench);
    bench.click(100, 100);
    expect(bench.store.getState().labels).toHaveLength(1);
    expect(steps(bench)).toBe(before + 1);
    travelHistory(bench.store, 'undo');
    expect(bench.store.getState().labels).toEqual([]);
  });

  it('ends the stroke when another frame comes on show', () => {
    const bench = new ToolBench('brush');
    bench.press(100, 100);
    bench.store.getState().setShownFrame(1);
    bench.move(200, 100);
    bench.frame();
    expect(bench.host.isBusy).toBe(false);
    bench.release(300, 100);
    expectPixels(painted(bench, 1, 0), stroked(at(100, 100)));
    expect(count(painted(bench, 1, 1))).toBe(0);
  });
});

describe('eraser', () => {
  it('says when there is nothing to erase', () => {
    const bench = new ToolBench('eraser');
    bench.click(100, 100);
    expect(bench.store.getState().paintNote).toMatch(/has no mask on this frame/);
    bench.store.getState().deleteLabel(objectId(1));
    const before = steps(bench);
    bench.click(100, 100);
    expect(bench.store.getState().labels).toEqual([]);
    expect(bench.store.getState().paintNote).toBe(paintText.nothingToErase);
    expect(steps(bench)).toBe(before);
  });

  it('takes from all labels when told to, as one step, and from a region alone while that is active', () => {
    const bench = new ToolBench('brush');
    paintDisc(bench, 100, 100);
    const second = bench.store.getState().addLabel().objectId;
    paintDisc(bench, 130, 100);
    const rest = painted(bench, second);
    bench.store.getState().setErasingAll(true);
    bench.store.getState().setTool('eraser');
    const before = steps(bench);
    bench.drag([100, 100], [130, 100]);
    expect([count(painted(bench, 1)), count(painted(bench, second))]).toEqual([0, 0]);
    expect(steps(bench)).toBe(before + 1);
    expect(bench.store.getState().lastEdit?.name).toBe('Erase, all labels');
    bench.click(300, 300);
    expect(bench.store.getState().paintNote).toBe(paintText.nothingErasedOfAll);
    travelHistory(bench.store, 'undo');
    bench.store.getState().addLabel('locked');
    bench.store.getState().setTool('eraser');
    bench.drag([100, 100], [130, 100]);
    expectPixels(painted(bench, second), rest);
  });

  it('leaves a propagated mask annotated where it takes pixels', () => {
    const bench = new ToolBench('brush');
    paintDisc(bench, 100, 100);
    const { mask } = maskAt(bench.store.getState().tracks.get(objectId(1)), 0)!;
    const { edit: _edit, isAccepted: _isAccepted, ...guess } = mask;
    bench.store.getState().setFrameMasks('propagated', 3, [[objectId(1), { ...guess, confidence: 0.4 }]]);
    bench.store.getState().setShownFrame(3);
    bench.store.getState().setTool('eraser');
    bench.click(105, 100);
    const found = maskAt(bench.store.getState().tracks.get(objectId(1)), 3)!;
    expect(found).toMatchObject({ source: 'prompted', mask: { edit: 'painted' } });
    expect(found.mask.confidence).toBeUndefined();
    expectPixels(painted(bench, 1, 3), minus(stroked(at(100, 100)), stroked(at(105, 100))));
  });
});
