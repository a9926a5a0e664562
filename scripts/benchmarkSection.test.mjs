// The section that one benchmark writes survives the other's rewriting the page.
import { describe, expect, it } from 'vitest';
import { asSection, sectionOf, withSection } from './benchmarkSection.mjs';

const section = asSection("## Propagation\n\n$& and $' are only text\n");

describe('a section', () => {
  it('is found again where it was put: at the end, or in the place of the old one', () => {
    const appended = withSection('# Page\n\nText.\n', section);
    expect(appended.startsWith('# Page\n\nText.\n\n<!--')).toBe(true);
    expect(sectionOf(appended)).toBe(section);
    const replaced = withSection(`${appended}\n## After\n`, asSection('new'));
    expect(replaced).toContain('## After');
    expect(replaced).not.toContain('only text');
    expect(sectionOf(withSection(replaced, section))).toBe(section);
  });

  it('is carried over to a rewritten page, and is missing where there was none', () => {
    const old = withSection('# Old\n', section);
    expect(withSection('# New\n', sectionOf(old))).toBe(`# New\n\n${section}\n`);
    expect(sectionOf('# Old\n')).toBe(null);
    expect(withSection('# New\n', null)).toBe('# New\n');
  });

  it('leaves the sections of the other benchmarks alone', () => {
    const editor = asSection('strokes', 'editor');
    const both = withSection(withSection('# Page\n', section), editor, 'editor');
    expect(sectionOf(both)).toBe(section);
    expect(sectionOf(both, 'editor')).toBe(editor);
    const replaced = withSection(both, asSection('faster', 'editor'), 'editor');
    expect(sectionOf(replaced)).toBe(section);
    expect(replaced).not.toContain('strokes');
  });
});
