/** What a host says of a file before it is downloaded, and how asking it goes. */
import type { UserMessage } from '../base/errors';

export type HostStatement = {
  /** As in `huggingface.co`. */
  readonly host: string;
  /** Null where the host does not say. */
  readonly sizeBytes: number | null;
  /** Lower-case hex; null where the host does not say. */
  readonly sha256: string | null;
};

/** A host that the user wants to download from. Nothing is transferred until the user says so again. */
export type HostEnquiry = { readonly url: string } & (
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly statement: HostStatement }
  | { readonly kind: 'failed'; readonly message: UserMessage }
);
