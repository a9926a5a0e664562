/** A deletion tells which labels get other numbers in exports. */
import { describe, expect, it } from 'vitest';
import { createLabel, type Label, type LabelRole } from '../../core/label/label';
import { renumberingText } from './renumbering';

function labelsOf(...roles: LabelRole[]): Label[] {
  const labels: Label[] = [];
  roles.forEach((role) => labels.push(createLabel(labels, role)));
  return labels;
}

describe('renumberingText', () => {
  it('names those behind the deleted one', () => {
    const labels = labelsOf('object', 'object', 'object', 'competitor', 'void');
    expect(renumberingText(labels, labels.slice(1))).toBe(
      'In exports “label 2” is now 1 (was 2), “label 3” is now 2 (was 3).',
    );
    expect(renumberingText(labels, labels.toSpliced(2, 1))).toBeNull();
    expect(renumberingText(labels, labels.toSpliced(3, 1))).toBeNull();
  });

  it('counts those beyond the third', () => {
    const labels = labelsOf('object', 'object', 'object', 'object', 'object', 'object');
    expect(renumberingText(labels, labels.slice(1))).toMatch(/“label 4” is now 3 \(was 4\), and 2 more\.$/);
  });
});
