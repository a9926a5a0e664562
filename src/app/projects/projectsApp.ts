/** What the interface may ask about projects: the work that the browser keeps. */
import type { ProjectSummary } from '../../workers/storage/storageProtocol';
import type { InputFile } from '../inputFile';

export type StorageUse = {
  readonly usedBytes: number;
  readonly leftBytes: number;
  readonly isPersistent: boolean;
};

/** All calls tell the user themselves when something goes wrong. */
export interface ProjectsApp {
  /** All kept projects but untouched samples, the one saved last first. */
  list(): Promise<readonly ProjectSummary[]>;
  /** Null where the browser does not tell. */
  storageUse(): Promise<StorageUse | null>;
  open(id: string): Promise<void>;
  /** Opens a copy, also of a project that another tab has open. */
  openCopy(id: string): Promise<void>;
  /** Leaves what is open in the list, and begins anew with the sample. */
  startAfresh(): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  duplicate(id: string): Promise<void>;
  /** Asks first; resolves with whether it was deleted. */
  remove(id: string): Promise<boolean>;
  /** Downloads the open project as a `.maskflow` file. */
  saveFile(withFootage: boolean): Promise<void>;
  /** The footage that the open question asks for. */
  giveFootage(files: readonly InputFile[]): Promise<void>;
  /** Reads that footage where it lay; the browser asks the user, so it must be called from a user gesture. */
  reopenFootage(): Promise<void>;
  /** Puts the open question off; the project stays in the list. */
  dismissQuestion(): void;
  /** Tries to save at once what could not be saved. */
  retrySave(): Promise<void>;
}

export type { ProjectSummary } from '../../workers/storage/storageProtocol';
