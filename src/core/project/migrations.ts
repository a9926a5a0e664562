/** Brings documents of older versions up to date, and refuses those of newer ones. */
import { UserFacingError } from '../base/errors';
import { PROJECT_FORMAT, PROJECT_VERSION } from './projectDocument';

type Json = { readonly [name: string]: unknown };

/** `migrations[n]` makes a document of version n + 1 out of one of version n. Once released, a step never changes. */
export type Migrations = { readonly [version: number]: (document: Json) => Json };

const migrations: Migrations = {};

/** A document of the present version, still to be parsed. Throws a UserFacingError naming the project. */
export function migrated(
  document: unknown,
  name: string,
  steps: Migrations = migrations,
  latest: number = PROJECT_VERSION,
): unknown {
  if (!isObject(document) || document.format !== PROJECT_FORMAT || !isVersion(document.version)) {
    throw unreadableProject(name, 'it does not say that it is a Maskflow project');
  }
  if (document.version > latest) {
    throw new UserFacingError({
      code: 'project-newer',
      what: `${name} was saved by a newer Maskflow (project version ${document.version}, this one reads up to ${latest}).`,
      safe: 'It was not touched.',
      todo: 'Reload the page to get the newer Maskflow, then open it again.',
    });
  }
  let current: Json = document;
  for (let version = document.version; version < latest; version += 1) {
    const step = steps[version];
    if (!step) {
      throw unreadableProject(name, `nothing is known about project version ${version}`);
    }
    current = { ...step(current), version: version + 1 };
  }
  return current;
}

/** The error for a project whose document or files make no sense. */
export function unreadableProject(name: string, why: string, cause?: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'project-unreadable',
      what: `${name} cannot be read: ${why}.`,
      safe: 'It was not changed, and what was open stays open.',
      todo: 'Open another project, or a project file that you saved earlier.',
    },
    { cause },
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isVersion(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}
