/** The order people expect of numbered files: frame2 before frame10. */

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Ascending natural order; names that differ only in case or leading zeros keep one fixed order too. */
export function compareNatural(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}
