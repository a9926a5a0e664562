// docs/benchmarks.md has two authors: `bench:app` writes the page, `bench:propagation --report` one section of it.
const BEGIN = '<!-- propagation:begin -->';
const END = '<!-- propagation:end -->';

/**
 * The propagation section of the page, markers included; null without one.
 * @param {string} page
 * @returns {string | null}
 */
export function sectionOf(page) {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  return begin < 0 || end < 0 ? null : page.slice(begin, end + END.length);
}

/**
 * A section of this text.
 * @param {string} text
 */
export function asSection(text) {
  return `${BEGIN}\n\n${text.trim()}\n\n${END}`;
}

/**
 * The page with this section in the old one's place, or at its end; a null section leaves the page as it is.
 * @param {string} page
 * @param {string | null} section
 */
export function withSection(page, section) {
  if (section === null) {
    return page;
  }
  const old = sectionOf(page);
  return old === null ? `${page.trimEnd()}\n\n${section}\n` : page.replace(old, () => section);
}
