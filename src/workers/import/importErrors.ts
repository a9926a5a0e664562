/** What the user reads when masks cannot be imported. */
import { UserFacingError } from '../../core/base/errors';

const safe = 'Nothing was imported; your labels, prompts and masks are untouched.';

export function unreadableMask(path: string, why: string, cause?: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'import-unreadable',
      what: `${path} cannot be read: ${why}.`,
      safe,
      todo: `Replace or remove ${path}, then import again.`,
    },
    { cause },
  );
}

export function notAMask(path: string): UserFacingError {
  return new UserFacingError({
    code: 'import-unreadable',
    what: `${path} has more than 256 colours: it is a picture, not a mask.`,
    safe,
    todo: 'Choose masks: palette or grey PNG files, colour PNG files with one colour for each label, or COCO JSON.',
  });
}

export function jpegMask(path: string): UserFacingError {
  return new UserFacingError({
    code: 'import-unreadable',
    what: `${path} is a JPEG, which changes the values of a mask's pixels when it is saved.`,
    safe,
    todo: 'Save the masks as PNG, then import again.',
  });
}

export function nothingToImport(name: string): UserFacingError {
  return new UserFacingError({
    code: 'import-nothing',
    what: `There are no masks in ${name}: no PNG file and no COCO JSON.`,
    safe,
    todo: 'Choose PNG masks, a folder or ZIP of them, or a COCO JSON file.',
  });
}

export function foreignJson(path: string, why: string, cause?: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'import-unreadable',
      what: `${path} is no COCO file that holds masks: ${why}.`,
      safe,
      todo: 'Choose a COCO JSON file whose annotations have a "segmentation" (or "segmentations", for videos).',
    },
    { cause },
  );
}

export function severalCocoFiles(paths: readonly string[]): UserFacingError {
  return new UserFacingError({
    code: 'import-unreadable',
    what: `There are ${paths.length} COCO files (${paths.slice(0, 2).join(', ')}${paths.length > 2 ? ', …' : ''}), and one is read at a time.`,
    safe,
    todo: 'Import them one after the other.',
  });
}
