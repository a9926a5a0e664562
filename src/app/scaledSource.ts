/** Pictures of an import at the footage's size. */
import type { Size } from '../core/geometry/box';
import type { ImportedPicture, ImportSource } from '../core/import/importSource';
import type { ImportProgress } from '../workers/import/importProtocol';
import type { ImportService } from './services';

/** Asks for nothing when all pictures have that size. */
export async function scaledSource(
  importer: Pick<ImportService, 'scale'>,
  source: ImportSource,
  size: Size,
  options: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void },
): Promise<ImportSource> {
  const isOdd = (picture: ImportedPicture): boolean =>
    picture.size.width !== size.width || picture.size.height !== size.height;
  const odd = source.pictures.filter(isOdd);
  if (odd.length === 0) {
    return source;
  }
  const scaled = [...(await importer.scale(odd, size, options))];
  return {
    ...source,
    pictures: source.pictures.map((picture) => (isOdd(picture) ? (scaled.shift() ?? picture) : picture)),
  };
}
