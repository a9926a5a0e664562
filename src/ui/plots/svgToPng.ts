/** Paints an SVG file into a PNG file. */
import { UserFacingError } from '../../core/base/errors';

/** Enough for print at the width of a column. */
const SCALE = 3;

/** Throws a UserFacingError when the browser cannot paint it. */
export async function svgToPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob) {
      return blob;
    }
    throw new Error('the canvas gave no file');
  } catch (cause) {
    throw new UserFacingError(
      {
        code: 'internal',
        what: 'The plots could not be painted as a PNG picture.',
        safe: 'Nothing was written, and the values are still there.',
        todo: 'Save them as SVG, or try again with fewer plots.',
      },
      { cause },
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
