/** Finds SHA-256 hashes in a sentence, and cuts them so that they can be told apart in little room. */

export type TextPart = {
  readonly words: string;
  /** `342b4115…1be3ca21`; null for what is no hash. */
  readonly short: string | null;
};

const HASH = /([0-9a-f]{64})/i;

/** The parts of a text in their order; together their words are the text. */
export function hashParts(text: string): TextPart[] {
  return text
    .split(HASH)
    .filter((words) => words !== '')
    .map((words) => ({
      words,
      short: words.length === 64 && HASH.test(words) ? `${words.slice(0, 8)}…${words.slice(-8)}` : null,
    }));
}
