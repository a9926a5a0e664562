import { describe, expect, it } from 'vitest';
import type { MaskflowApp } from '../../app/maskflowApp';
import { newPromptId } from '../../core/base/ids';
import { createMaskflowStore } from '../../state/store';
import { testFootage } from '../tools/testing/toolBench';
import { keyText } from './keyText';
import type { Shortcut } from './shortcut';
import { keyHint, shortcuts, type ShortcutId } from './shortcuts';
import { propagateText } from '../text';

/** An application that only writes down what it was asked. */
function recordingApp(): { app: MaskflowApp; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const store = createMaskflowStore();
  store.getState().replaceFootage(testFootage(640, 360, 100));
  const record =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return Promise.resolve();
    };
  const app = new Proxy({ store } as MaskflowApp, {
    get: (target, name) => (name === 'store' ? target.store : record(String(name))),
  });
  return { app, calls };
}

function run(app: MaskflowApp, id: ShortcutId, event: Partial<KeyboardEvent> = {}): void {
  const found: Shortcut | undefined = shortcuts.find((shortcut) => shortcut.id === id);
  found?.run(app, { openSheet: () => {} }, event as KeyboardEvent);
}

describe('the table', () => {
  it('gives every key one meaning, and every shortcut its own id and words', () => {
    const keys = shortcuts.flatMap((shortcut) => shortcut.keys.map((key) => key.toLowerCase()));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(shortcuts.map((shortcut) => shortcut.id)).size).toBe(shortcuts.length);
    expect(new Set(shortcuts.map((shortcut) => shortcut.description)).size).toBe(shortcuts.length);
  });

  it('states keys as they are printed', () => {
    expect(keyHint('box')).toBe('B');
    expect(keyHint('fit')).toBe('0');
    expect(keyHint('label')).toBe('1-9');
    expect(keyHint('showKeys')).toBe('?');
    expect(keyHint('zoomIn')).toBe('+');
    expect(keyText('$mod+Shift+z', false)).toBe('Ctrl+Shift+Z');
    expect(keyText('$mod+Shift+z', true)).toBe('⌘⇧Z');
    expect(keyText('Alt+ArrowLeft', false)).toBe('Alt+←');
  });
});

describe('frames', () => {
  it('steps, pages and jumps within the clip, and stops playing', () => {
    const { app } = recordingApp();
    const state = () => app.store.getState();
    run(app, 'pageForward');
    run(app, 'nextFrame');
    expect(state().currentFrame).toBe(11);
    run(app, 'pageBack');
    run(app, 'previousFrame');
    run(app, 'previousFrame');
    expect(state().currentFrame).toBe(0);
    run(app, 'lastFrame');
    expect(state().currentFrame).toBe(99);
    run(app, 'firstFrame');
    state().setPlaying(true);
    run(app, 'nextFrame');
    expect(state()).toMatchObject({ currentFrame: 1, isPlaying: false });
  });

  it('finds the prompted frames on both sides, and stays where there is none', () => {
    const { app } = recordingApp();
    const state = () => app.store.getState();
    for (const frameIndex of [40, 5, 80]) {
      state().addPrompt({ id: newPromptId(), frameIndex, kind: 'sharedPoint', point: { x: 1, y: 1 } });
    }
    const visited = (
      ['nextPrompted', 'nextPrompted', 'nextPrompted', 'nextPrompted', 'previousPrompted'] as const
    ).map((id) => {
      run(app, id);
      return state().currentFrame;
    });
    expect(visited).toEqual([5, 40, 80, 80, 40]);
  });

  it('passes frames by on which only a region is painted, unless that region is worked on', () => {
    const { app } = recordingApp();
    const state = () => app.store.getState();
    const [object] = state().labels;
    const region = state().addLabel('void');
    const rle = { size: [360, 640] as const, counts: Uint32Array.of(0, 640 * 360) };
    const mask = { rle, box: [0, 0, 640, 360] as const, areaPx: 640 * 360, predictedIou: null };
    state().setFrameMasks('prompted', 10, [[region.objectId, mask]]);
    state().setFrameMasks('prompted', 30, [[object!.objectId, mask]]);
    state().setActiveLabel(object!.objectId);
    run(app, 'nextPrompted');
    expect(state().currentFrame).toBe(30);
    state().setActiveLabel(region.objectId);
    run(app, 'previousPrompted');
    expect(state().currentFrame).toBe(10);
  });

  it('sets in and out points at the playhead', () => {
    const { app } = recordingApp();
    app.store.getState().seek(20);
    run(app, 'inPoint');
    app.store.getState().seek(50);
    run(app, 'outPoint');
    expect(app.store.getState().range).toEqual({ inFrame: 20, outFrame: 50 });
  });
});

describe('work', () => {
  it('says why it cannot propagate, by the same rule as the button', () => {
    const { app, calls } = recordingApp();
    run(app, 'propagateForward');
    expect(calls).toEqual([]);
    expect(app.store.getState().messages[0]).toMatchObject({ kind: 'notice', text: propagateText.noMasks });
  });

  it('propagates until the next prompted frame, but not twice at once', () => {
    const { app, calls } = recordingApp();
    const { labels, setFrameMasks, setEngine } = app.store.getState();
    const mask = { rle: { size: [1, 1], counts: Uint32Array.of(0, 1) }, box: [0, 0, 1, 1] } as const;
    setFrameMasks('prompted', 0, [[labels[0]!.objectId, { ...mask, areaPx: 1, predictedIou: null }]]);
    setEngine({
      kind: 'ready',
      info: { provider: 'wasm', adapter: null, threads: 1, fallbackReason: null, modelName: 'test' },
    });
    run(app, 'propagateForward');
    run(app, 'propagateBoth');
    app.store.getState().setPropagation({
      kind: 'propagate',
      framesDone: 0,
      frameCount: 9,
      lastFrame: null,
      framesPerSec: null,
      secondsLeft: null,
      state: 'running',
    });
    run(app, 'propagateForward');
    expect(calls).toEqual([
      ['propagate', 'forward', 'untilPrompted'],
      ['propagate', 'both', 'untilPrompted'],
    ]);
  });

  it('exports one thing at a time', () => {
    const { app, calls } = recordingApp();
    run(app, 'export');
    app.store.getState().setExporting({ framesDone: 0, frameCount: 3 });
    run(app, 'export');
    expect(calls).toEqual([['exportMasks', 'zip']]);
  });

  it('does nothing to footage that is not there', () => {
    const { app, calls } = recordingApp();
    app.store.setState({ footage: null });
    for (const id of ['play', 'propagateForward', 'export', 'nextFrame', 'lastFrame', 'inPoint'] as const) {
      run(app, id);
    }
    expect(calls).toEqual([]);
    expect(app.store.getState().currentFrame).toBe(0);
  });
});

describe('labels', () => {
  it('makes the nth label active, and none that is not there', () => {
    const { app } = recordingApp();
    const second = app.store.getState().addLabel();
    run(app, 'label', { code: 'Digit1' });
    expect(app.store.getState().activeObjectId).not.toBe(second.objectId);
    run(app, 'label', { code: 'Digit2' });
    run(app, 'label', { code: 'Digit9' });
    expect(app.store.getState().activeObjectId).toBe(second.objectId);
  });
});
