import { expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import type { Label, LabelRole } from '../../core/label/label';
import type { FrameMask, MaskTrack } from '../../core/track/maskTrack';
import { labelFact } from './labelFact';

const id = objectId(1);

function labelOf(role: LabelRole): Label {
  return { objectId: id, name: 'label 1', colour: '#e69f00', role, isVisible: true };
}

function maskOf(extra: Partial<FrameMask>): FrameMask {
  const rle = { size: [1, 1], counts: Uint32Array.of(0, 1) } as const;
  return { rle, box: [0, 0, 1, 1], areaPx: 1, predictedIou: null, ...extra };
}

function factOf(masks: Partial<MaskTrack>, role: LabelRole = 'object', frame = 5) {
  const track = { objectId: id, prompted: new Map(), propagated: new Map(), ...masks };
  return labelFact(new Map([[id, track]]), labelOf(role), frame);
}

it('says how a mask came about', () => {
  const prompted = (extra: Partial<FrameMask>) => ({ prompted: new Map([[5, maskOf(extra)]]) });
  expect(factOf({})).toBeNull();
  expect(factOf(prompted({}))).toMatchObject({ sign: '◆', word: 'prompted', note: null });
  expect(factOf(prompted({ isAccepted: true }))).toMatchObject({
    word: 'prompted',
    note: 'annotated (accepted)',
  });
  expect(factOf(prompted({ isAccepted: true, edit: 'painted' }))).toMatchObject({
    sign: '■',
    word: 'painted',
    note: 'annotated (painted)',
  });
  expect(factOf({ propagated: new Map([[5, maskOf({})]]) })).toMatchObject({ sign: '━', note: null });
  expect(factOf({ propagated: new Map([[5, maskOf({ confidence: 0.3 })]]) })).toMatchObject({
    note: 'confidence 0.30, doubtful',
    isDoubtful: true,
  });
});

it('says that erasing left nothing, and from which frame a region holds', () => {
  const erased = maskOf({ isAccepted: true, edit: 'painted', areaPx: 0, box: null });
  expect(factOf({ prompted: new Map([[5, erased]]) })?.note).toBe('empty, annotated (painted)');
  const held = { prompted: new Map([[2, maskOf({ isAccepted: true, edit: 'painted' })]]) };
  expect(factOf(held, 'locked')).toMatchObject({ word: 'painted', note: 'holds here from frame 2' });
  expect(factOf(held, 'void', 2)).toMatchObject({ note: null });
});
