/** The words of a message over the picture: hashes are cut in the middle there; the log of messages has them whole. */
import { hashParts } from './hashParts';

export function MessageWords({ text }: { readonly text: string }) {
  return hashParts(text).map(({ words, short }, place) =>
    short === null ? (
      words
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- a hash may come twice, and the order never changes
      <abbr key={`${place} ${words}`} className="message-hash" title={words}>
        {short}
      </abbr>
    ),
  );
}
