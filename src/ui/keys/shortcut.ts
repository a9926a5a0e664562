/** What a keyboard shortcut is. */
import type { MaskflowApp } from '../../app/maskflowApp';

export type ShortcutGroup =
  | 'Tools'
  | 'Painting'
  | 'Prompts'
  | 'Frames'
  | 'Propagation'
  | 'Review'
  | 'Measuring'
  | 'View'
  | 'Application';

/** What shortcuts need from the interface around them. */
export type ShortcutHost = { openSheet(): void };

export type Shortcut<Id extends string = string> = {
  readonly id: Id;
  /** In the notation of tinykeys; letters by what they print, digits by where they are. */
  readonly keys: readonly string[];
  /** The keys as shown to the user, when `keys` cannot be shown as they are. */
  readonly hint?: string;
  readonly description: string;
  readonly group: ShortcutGroup;
  /** For a family of keys of which each means another thing (digits, arrows): the user cannot change it. */
  readonly isFixed?: boolean;
  /** Whether holding the key down repeats it. */
  readonly canRepeat?: boolean;
  /** When the work is done; on release for keys that also mean something while held. */
  readonly on?: 'press' | 'release';
  run(app: MaskflowApp, host: ShortcutHost, event: KeyboardEvent): void;
  /** For keys that act while held: called when the key is let go. */
  release?(app: MaskflowApp): void;
};
