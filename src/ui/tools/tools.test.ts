import { describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { fitPicture, showActualSize, stageView, zoomBy } from '../canvas/stageView';
import { stageToSource } from '../canvas/viewMath';
import { deleteSelected, nudgeSelected } from './nudge';
import { testFootage, ToolBench } from './testing/toolBench';

describe('box tool', () => {
  it('draws the active label a box on the shown frame, whichever way it is dragged', () => {
    const bench = new ToolBench('box');
    bench.store.getState().setShownFrame(3);
    bench.drag([200, 150], [50, 40]);
    expect(bench.prompts).toMatchObject([
      { kind: 'box', objectId: 1, frameIndex: 3, box: [50, 40, 200, 150] },
    ]);
    expect(bench.store.getState().selectedPromptId).toBe(bench.prompts[0]?.id);
  });

  it('ignores an accidental drag', () => {
    const bench = new ToolBench('box');
    bench.drag([100, 100], [102, 102]);
    bench.click(100, 100);
    expect(bench.prompts).toEqual([]);
  });

  it('updates the box while dragging, once for each frame, with the newest position', () => {
    const bench = new ToolBench('box');
    bench.press(10, 10);
    for (let x = 11; x <= 60; x += 1) {
      bench.move(x, 30);
    }
    expect(bench.prompts).toEqual([]);
    bench.frame();
    expect(bench.boxes).toEqual([[10, 10, 60, 30]]);
    expect(bench.deliveries).toBe(1);
    bench.move(90, 80);
    bench.frame();
    expect(bench.boxes).toEqual([[10, 10, 90, 80]]);
    bench.move(95, 85);
    bench.release(100, 90);
    expect(bench.boxes).toEqual([[10, 10, 100, 90]]);
  });

  it('replaces the box its label has on the frame, and leaves other frames and labels alone', () => {
    const bench = new ToolBench('box');
    bench.drag([10, 10], [60, 60]);
    bench.store.getState().setShownFrame(1);
    bench.drag([10, 10], [70, 70]);
    bench.store.getState().addLabel();
    bench.drag([100, 100], [150, 150]);
    bench.drag([200, 200], [280, 280]);
    expect(bench.boxes).toEqual([
      [10, 10, 60, 60],
      [10, 10, 70, 70],
      [200, 200, 280, 280],
    ]);
  });

  it('brings the replaced box back when the drawing is given up', () => {
    const bench = new ToolBench('box');
    bench.drag([10, 10], [60, 60]);
    const before = bench.prompts;
    bench.press(200, 200);
    bench.move(260, 260);
    bench.frame();
    expect(bench.boxes).toEqual([[200, 200, 260, 260]]);
    bench.host.cancel();
    expect(bench.prompts).toEqual(before);
    expect(bench.host.isBusy).toBe(false);
  });

  it('clamps to the picture', () => {
    const bench = new ToolBench('box');
    bench.drag([-30, -30], [900, 100]);
    expect(bench.boxes).toEqual([[0, 0, 640, 100]]);
  });

  it('makes a label when there is none, and shows a hidden one', () => {
    const bench = new ToolBench('box');
    bench.store.getState().deleteLabel(objectId(1));
    bench.drag([10, 10], [60, 60]);
    expect(bench.store.getState().labels).toHaveLength(1);
    expect(bench.prompts).toMatchObject([{ objectId: bench.store.getState().labels[0]?.objectId }]);
    bench.store.getState().updateLabel(objectId(1), { isVisible: false });
    bench.drag([100, 10], [160, 60]);
    expect(bench.store.getState().labels[0]?.isVisible).toBe(true);
  });

  it('resizes the active box by its handles and moves it by its edge, turning over at the far side', () => {
    const bench = new ToolBench('box');
    bench.drag([100, 100], [200, 180]);
    bench.drag([200, 180], [240, 220]);
    expect(bench.boxes).toEqual([[100, 100, 240, 220]]);
    bench.drag([170, 100], [170, 80]);
    expect(bench.boxes).toEqual([[100, 80, 240, 220]]);
    bench.drag([130, 80], [140, 95]);
    expect(bench.boxes).toEqual([[110, 95, 250, 235]]);
    bench.drag([250, 235], [60, 50]);
    expect(bench.boxes).toEqual([[60, 50, 110, 95]]);
  });

  it('draws anew from inside the active box', () => {
    const bench = new ToolBench('box');
    bench.drag([100, 100], [300, 300]);
    bench.drag([150, 150], [180, 190]);
    expect(bench.boxes).toEqual([[150, 150, 180, 190]]);
  });

  it('draws over the box of another label rather than taking it', () => {
    const bench = new ToolBench('box');
    bench.drag([100, 100], [200, 200]);
    bench.store.getState().addLabel();
    bench.drag([100, 100], [150, 150]);
    expect(bench.prompts).toMatchObject([
      { objectId: 1, box: [100, 100, 200, 200] },
      { objectId: 2, box: [100, 100, 150, 150] },
    ]);
  });

  it('stops playback on the frame that is looked at', () => {
    const bench = new ToolBench('box');
    bench.store.getState().seek(7);
    bench.store.getState().setShownFrame(6);
    bench.store.getState().setPlaying(true);
    bench.drag([100, 100], [200, 200]);
    expect(bench.store.getState()).toMatchObject({ isPlaying: false, currentFrame: 6 });
    expect(bench.prompts).toMatchObject([{ frameIndex: 6 }]);
  });
});

describe('point tools', () => {
  it('place points of their kind', () => {
    const bench = new ToolBench('foregroundPoint');
    bench.click(10.04, 20);
    bench.click(50, 60, { button: 2 });
    bench.store.getState().setTool('backgroundPoint');
    bench.click(100, 110);
    bench.click(300, 300, { button: 2 });
    bench.store.getState().setTool('sharedPoint');
    bench.click(200, 210);
    expect(bench.prompts).toMatchObject([
      { kind: 'point', label: 1, objectId: 1, point: { x: 10, y: 20 } },
      { kind: 'point', label: 0, objectId: 1, point: { x: 50, y: 60 } },
      { kind: 'point', label: 0, objectId: 1, point: { x: 100, y: 110 } },
      { kind: 'sharedPoint', point: { x: 200, y: 210 } },
    ]);
  });

  it('let the new point be dragged before letting go, and take it away when given up', () => {
    const bench = new ToolBench('foregroundPoint');
    bench.drag([10, 10], [40, 50]);
    expect(bench.points).toEqual([{ x: 40, y: 50 }]);
    bench.press(100, 100);
    bench.host.cancel();
    bench.press(100, 100);
    bench.move(150, 150);
    bench.frame();
    bench.host.cancel();
    expect(bench.points).toEqual([{ x: 40, y: 50 }]);
  });

  it('given up on a mask, take the box away that came along', () => {
    const bench = new ToolBench('brush');
    bench.click(100, 100);
    bench.store.getState().setTool('foregroundPoint');
    bench.press(100, 100);
    expect(bench.boxes).toHaveLength(1);
    bench.host.cancel();
    expect(bench.prompts).toEqual([]);
  });

  it('take a point that is there instead of placing a second one on it', () => {
    const bench = new ToolBench('foregroundPoint');
    bench.click(100, 100);
    bench.drag([104, 103], [204, 103]);
    expect(bench.points).toEqual([{ x: 200, y: 100 }]);
  });

  it('place points at the edge for a press just outside, and none for one far outside', () => {
    const bench = new ToolBench('backgroundPoint');
    bench.click(-6, 100);
    bench.click(-16, 100, { reachPx: 10 });
    expect(bench.points).toEqual([{ x: 0, y: 100 }]);
  });

  it('do nothing without footage or before its first picture', () => {
    const bench = new ToolBench('foregroundPoint');
    bench.store.getState().setShownFrame(null);
    bench.click(100, 100);
    bench.store.setState({ footage: null, shownFrame: 0 });
    bench.click(100, 100);
    expect(bench.prompts).toEqual([]);
  });

  it('make no label for a shared point', () => {
    const bench = new ToolBench('sharedPoint');
    bench.store.getState().deleteLabel(objectId(1));
    bench.click(100, 100);
    expect(bench.store.getState().labels).toEqual([]);
    expect(bench.prompts).toHaveLength(1);
  });
});

function benchWithPrompts(): ToolBench {
  const bench = new ToolBench('box');
  bench.drag([100, 100], [300, 300]);
  bench.store.getState().addLabel();
  bench.drag([150, 150], [200, 200]);
  bench.store.getState().setTool('foregroundPoint');
  bench.click(250, 250);
  bench.store.getState().setTool('select');
  bench.click(600, 20);
  return bench;
}

describe('select tool', () => {
  it('takes the point under the pointer, else the smallest box, and lets go on nothing', () => {
    const bench = benchWithPrompts();
    const [large, small, point] = bench.prompts;
    const selected = (): unknown => bench.store.getState().selectedPromptId;
    expect(selected()).toBeNull();
    bench.click(254, 246);
    expect(selected()).toBe(point?.id);
    bench.click(175, 175);
    expect(selected()).toBe(small?.id);
    bench.click(120, 280);
    expect(selected()).toBe(large?.id);
    expect(bench.store.getState().activeObjectId).toBe(1);
    bench.click(600, 20);
    expect(selected()).toBeNull();
  });

  it('moves points and boxes, whole boxes staying inside the picture', () => {
    const bench = benchWithPrompts();
    bench.drag([250, 250], [260, 255]);
    expect(bench.points).toEqual([{ x: 260, y: 255 }]);
    bench.drag([175, 175], [-400, 185]);
    expect(bench.boxes[1]).toEqual([0, 160, 50, 210]);
  });

  it('does not move what was only clicked with an unsteady hand', () => {
    const bench = benchWithPrompts();
    bench.drag([250, 250], [252, 251]);
    expect(bench.points).toEqual([{ x: 250, y: 250 }]);
  });

  it('resizes the selected box by a handle, and restores it when given up', () => {
    const bench = benchWithPrompts();
    bench.click(120, 280);
    bench.press(300, 200);
    bench.move(350, 260);
    bench.frame();
    expect(bench.boxes[0]).toEqual([100, 100, 350, 300]);
    bench.host.cancel();
    expect(bench.boxes[0]).toEqual([100, 100, 300, 300]);
    bench.drag([100, 100], [80, 90]);
    expect(bench.boxes[0]).toEqual([80, 90, 300, 300]);
  });

  it('does not meet prompts of hidden labels or of other frames', () => {
    const bench = benchWithPrompts();
    bench.store.getState().updateLabel(objectId(2), { isVisible: false });
    bench.click(250, 250);
    expect(bench.store.getState().selectedPromptId).toBe(bench.prompts[0]?.id);
    bench.store.getState().setShownFrame(1);
    bench.click(250, 250);
    expect(bench.store.getState().selectedPromptId).toBeNull();
  });

  it('gives up a gesture when another tool is taken in hand', () => {
    const bench = benchWithPrompts();
    bench.press(250, 250);
    bench.move(300, 250);
    bench.frame();
    bench.store.getState().setTool('pan');
    bench.move(310, 250);
    expect(bench.host.isBusy).toBe(false);
    expect(bench.points).toEqual([{ x: 250, y: 250 }]);
  });

  it('forgets a gesture when other footage is opened', () => {
    const bench = benchWithPrompts();
    bench.press(250, 250);
    bench.move(300, 250);
    bench.store.getState().replaceFootage(testFootage(320, 180));
    bench.frame();
    bench.release(300, 100);
    expect(bench.prompts).toEqual([]);
  });
});

describe('panning', () => {
  it('moves the picture with the pointer', () => {
    const bench = new ToolBench('pan');
    bench.press(100, 100);
    bench.host.pointerMove({ stage: { x: 146, y: 96 }, button: 0, reachPx: 10 });
    bench.frame();
    expect(stageView(bench.store)?.view).toEqual({ scale: 1, x: 46, y: -4 });
    expect(bench.prompts).toEqual([]);
  });

  it('is at hand with any tool, which stays in hand', () => {
    const bench = new ToolBench('box');
    bench.press(100, 100, { isPan: true });
    bench.host.pointerMove({ stage: { x: 126, y: 126 }, button: 0, reachPx: 10 });
    bench.host.pointerUp({ stage: { x: 126, y: 126 }, button: 0, reachPx: 10 });
    expect(stageView(bench.store)?.view).toMatchObject({ x: 26, y: 26 });
    bench.drag([100, 100], [160, 150]);
    expect(bench.boxes).toEqual([[100, 100, 160, 150]]);
  });

  it('cannot lose the picture, and comes back when given up', () => {
    const bench = new ToolBench('pan');
    const before = stageView(bench.store)?.view;
    bench.press(100, 100);
    bench.host.pointerMove({ stage: { x: 9000, y: 9000 }, button: 0, reachPx: 10 });
    bench.frame();
    expect(stageView(bench.store)?.view).toEqual({ scale: 1, x: 672 - 48, y: 392 - 48 });
    bench.host.cancel();
    expect(stageView(bench.store)?.view).toEqual(before);
  });
});

describe('prompts under zoom', () => {
  it('are drawn where the pointer is in the picture, and handles keep their size on the stage', () => {
    const bench = new ToolBench('box');
    zoomBy(bench.store, 8, { x: 336, y: 196 });
    const view = stageView(bench.store)?.view;
    expect(view?.scale).toBe(8);
    const source = view ? stageToSource(view, { x: 300, y: 200 }) : { x: 0, y: 0 };
    bench.drag([source.x, source.y], [source.x + 20, source.y + 10]);
    const [box] = bench.boxes;
    expect(box?.[0]).toBe(Math.round(source.x));
    // Six stage pixels off the corner is less than one source pixel here: still on the handle.
    const [x1, y1] = [box?.[2] ?? 0, box?.[3] ?? 0];
    bench.drag([x1 + 0.7, y1], [x1 + 5.7, y1 + 5]);
    expect(bench.boxes[0]?.slice(2)).toEqual([x1 + 5, y1 + 5]);
    fitPicture(bench.store);
    expect(bench.store.getState().viewTransform).toBeNull();
    showActualSize(bench.store);
    expect(stageView(bench.store)?.view).toEqual({ scale: 1, x: 16, y: 16 });
  });
});

describe('keys on the selected prompt', () => {
  it('move and delete it only on the frame that is shown', () => {
    const bench = new ToolBench('sharedPoint');
    bench.click(5, 100);
    nudgeSelected(bench.store, -10, 1);
    expect(bench.points).toEqual([{ x: 0, y: 101 }]);
    bench.store.getState().setShownFrame(1);
    nudgeSelected(bench.store, 10, 0);
    deleteSelected(bench.store);
    expect(bench.points).toEqual([{ x: 0, y: 101 }]);
    bench.store.getState().setShownFrame(0);
    deleteSelected(bench.store);
    expect(bench.prompts).toEqual([]);
  });
});
