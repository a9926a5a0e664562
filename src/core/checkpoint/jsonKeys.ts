/** Finds a key that stands twice in a JSON object, of which JSON.parse would silently take the last. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/** The first key of the outermost object that was there before; null when all differ. `text` is valid JSON. */
export function repeatedKey(text: string): string | null {
  const seen = new Set<string>();
  let depth = 0;
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('"')) {
      // In the outermost object a string is a key unless a colon leads to it.
      if (depth === 1 && before !== ':') {
        const key = JSON.parse(token) as string;
        if (seen.has(key)) {
          return key;
        }
        seen.add(key);
      }
    } else if (token === '{' || token === '[') {
      depth += 1;
    } else if (token === '}' || token === ']') {
      depth -= 1;
    }
    before = token;
  }
  return null;
}
