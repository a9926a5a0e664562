// docs/benchmarks.md has several authors: `bench:app` writes the page, `bench:propagation --report`, `bench:editor`,
// `bench:export` and `bench:models` one section of it each.

/** The sections that `bench:app` carries over when it rewrites the page. */
export const sectionNames = /** @type {const} */ (['editor', 'export', 'models', 'propagation']);

/** @typedef {(typeof sectionNames)[number]} SectionName */

/** @param {SectionName} name */
function markersOf(name) {
  return { begin: `<!-- ${name}:begin -->`, end: `<!-- ${name}:end -->` };
}

/**
 * A section of the page, markers included; null without one.
 * @param {string} page
 * @param {SectionName} name
 * @returns {string | null}
 */
export function sectionOf(page, name = 'propagation') {
  const markers = markersOf(name);
  const begin = page.indexOf(markers.begin);
  const end = page.indexOf(markers.end, begin);
  return begin < 0 || end < 0 ? null : page.slice(begin, end + markers.end.length);
}

/**
 * A section of this text.
 * @param {string} text
 * @param {SectionName} name
 */
export function asSection(text, name = 'propagation') {
  const { begin, end } = markersOf(name);
  return `${begin}\n\n${text.trim()}\n\n${end}`;
}

/**
 * The page with this section in the old one's place, or at its end; a null section leaves the page as it is.
 * @param {string} page
 * @param {string | null} section
 * @param {SectionName} name of the section
 */
export function withSection(page, section, name = 'propagation') {
  if (section === null) {
    return page;
  }
  const old = sectionOf(page, name);
  return old === null ? `${page.trimEnd()}\n\n${section}\n` : page.replace(old, () => section);
}
