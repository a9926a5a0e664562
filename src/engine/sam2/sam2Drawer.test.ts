/** Prompting single frames: what the network is asked, and what comes of its answer. */
import { describe, expect, it } from 'vitest';
import type { DecoderPrompt } from '../sam/maskDecoder';
import { FILLED_LOGIT } from '../../core/mask/fillHoles';
import { Sam2Drawer } from './sam2Drawer';
import { BAND_PX, ScriptedWorld, SIDE_PX } from './__fixtures__/scriptedNetwork';

const options = { priority: 'interactive' } as const;
const click: DecoderPrompt = { points: [{ x: 8, y: 4, label: 1 }], box: null, maskLogits: null };

describe('Sam2Drawer', () => {
  it('asks without memory, one point with three masks and a box with one, and encodes a frame once', async () => {
    const world = new ScriptedWorld();
    const drawer = new Sam2Drawer(world.frames());
    const boxed = { ...click, box: [0, 0, 16, 8] as const };
    const drawn = await drawer.draw(7, [click, boxed], options);
    expect(world.asked.map(({ memory }) => memory)).toEqual(['none', 'none']);
    expect(world.asked.map(({ points }) => [[...points.labels], points.isAmbiguous])).toEqual([
      [[1], true],
      [[2, 3, 1], false],
    ]);
    expect(drawn.labels).toHaveLength(2);
    expect(drawn.encodeMs).toBe(1);
    await drawer.encode(7, options);
    expect((await drawer.draw(7, [click], options)).encodeMs).toBe(0);
    expect(world.encoded).toEqual([7]);
  });

  it('draws at the size of the footage, without holes', async () => {
    const world = new ScriptedWorld({ hole: 5 * SIDE_PX + 5, band: 1 });
    const drawn = await new Sam2Drawer(world.frames()).draw(0, [click], options);
    const { width, height, data } = drawn.labels[0]!.logits;
    expect([width, height]).toEqual([SIDE_PX, SIDE_PX]);
    expect(data[5 * SIDE_PX + 5]).toBeCloseTo(FILLED_LOGIT, 6);
    expect(data.filter((logit) => logit > 0)).toHaveLength(BAND_PX * SIDE_PX);
    expect(drawn.labels[0]!.predictedIou).toBe(0.5);
  });

  it('hands a mask prompt over on the stretched square', async () => {
    const world = new ScriptedWorld();
    const maskLogits = new Float32Array(256 * 256).fill(-18);
    // The footage is a square itself, so that its left half stays the left half.
    for (let y = 0; y < 256; y += 1) {
      maskLogits.fill(18, y * 256, y * 256 + 128);
    }
    await new Sam2Drawer(world.frames()).draw(0, [{ ...click, maskLogits }], options);
    const asked = world.asked[0]!.maskInput!;
    expect(asked).toHaveLength(SIDE_PX * SIDE_PX);
    expect([asked[0], asked[7], asked[8], asked[15]]).toEqual([18, 18, -18, -18]);
  });

  it('looks again at pictures that change while a frame is encoded', async () => {
    const world = new ScriptedWorld();
    const frames = world.frames();
    let changes = 0;
    world.beforeRun = (what) => {
      if (what === 'encode' && changes === 0) {
        changes += 1;
        frames.forget();
      }
    };
    const drawn = await new Sam2Drawer(frames).draw(3, [click], options);
    expect(drawn.labels).toHaveLength(1);
    expect(world.encoded).toEqual([3, 3]);
    frames.forget();
    expect(world.live).toBe(0);
  });
});
