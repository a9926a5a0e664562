/** Labels: their ids, colours and numbers in exported label maps. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { createLabel, exportNumber, labelColours, type Label, type LabelRole } from './label';

const rolesArbitrary = fc.array(fc.constantFrom<LabelRole>('object', 'competitor'), { maxLength: 20 });

function labelsOf(roles: readonly LabelRole[]): Label[] {
  const labels: Label[] = [];
  for (const role of roles) {
    labels.push(createLabel(labels, role));
  }
  return labels;
}

describe('createLabel', () => {
  it('starts with object 1 in the first colour', () => {
    expect(createLabel([])).toEqual({
      objectId: 1,
      name: 'label 1',
      colour: labelColours[0],
      role: 'object',
      isVisible: true,
    });
  });

  it('takes the first colour that is free, also after one was deleted', () => {
    const labels = labelsOf(['object', 'object', 'competitor']);
    const [, second] = labels;
    const left = labels.filter((label) => label !== second);
    expect(createLabel(left).colour).toBe(second?.colour);
  });

  it('never gives an id twice, and repeats colours only when all are taken', () => {
    fc.assert(
      fc.property(rolesArbitrary, (roles) => {
        const labels = labelsOf(roles);
        expect(new Set(labels.map((label) => label.objectId)).size).toBe(labels.length);
        expect(new Set(labels.map((label) => label.colour)).size).toBe(
          Math.min(labels.length, labelColours.length),
        );
      }),
    );
  });

  it('never takes over the masks of a label whose id is still in use', () => {
    const [first, second] = labelsOf(['object', 'object']);
    expect(createLabel(second ? [second] : []).objectId).toBe(3);
    expect(createLabel(first ? [first] : []).objectId).toBe(2);
  });
});

describe('exportNumber', () => {
  it('numbers the objects from 1 in list order and leaves competitors out', () => {
    fc.assert(
      fc.property(rolesArbitrary, (roles) => {
        const labels = labelsOf(roles);
        const numbers = labels.map((label) => exportNumber(labels, label.objectId));
        expect(numbers.filter((number) => number !== null)).toEqual(
          labels.filter((label) => label.role === 'object').map((_, index) => index + 1),
        );
        expect(numbers.map((number) => number === null)).toEqual(roles.map((role) => role === 'competitor'));
      }),
    );
  });

  it('follows a reordering', () => {
    const labels = labelsOf(['object', 'object']).toReversed();
    expect([exportNumber(labels, objectId(1)), exportNumber(labels, objectId(2))]).toEqual([2, 1]);
  });

  it('has no number for a label that is not in the list', () => {
    expect(exportNumber(labelsOf(['object']), objectId(9))).toBeNull();
  });
});
