/** Two panes show what the stage shows, about the same middle. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, stageToSource } from '../../canvas/viewMath';
import { paneSize, paneView, stagePointOf } from './paneView';

const picture = { width: 640, height: 360 };
const stage = { width: 801, height: 500 };

describe('paneView', () => {
  it('fits the picture where the stage does', () => {
    const fitted = fitView(picture, paneSize(stage));
    const pane = paneView(fitView(picture, stage), picture, stage);
    expect(pane.scale).toBeCloseTo(fitted.scale, 9);
    expect(pane.x).toBeCloseTo(fitted.x, 6);
    expect(pane.y).toBeCloseTo(fitted.y, 6);
  });

  it('has the same source pixel under a point as the stage under the point that stands for it', () => {
    const view = fc.record({
      scale: fc.double({ min: 0.1, max: 30, noNaN: true }),
      x: fc.double({ min: -900, max: 900, noNaN: true }),
      y: fc.double({ min: -900, max: 900, noNaN: true }),
    });
    fc.assert(
      fc.property(view, fc.nat(800), fc.nat(499), (seen, x, y) => {
        const { width } = paneSize(stage);
        const inPane = { x: x >= width ? x - width : x, y };
        const source = stageToSource(paneView(seen, picture, stage), inPane);
        const meant = stageToSource(seen, stagePointOf({ x, y }, picture, stage));
        expect(source.x).toBeCloseTo(meant.x, 4);
        expect(source.y).toBeCloseTo(meant.y, 4);
      }),
    );
  });
});
