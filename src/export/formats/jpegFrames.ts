/** The frames that data sets hold beside their annotations. */
import { optionValue } from '../../core/export/exportFormats';
import type { ExportedFrame, FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';

const JPEG_QUALITY = 0.95;

/** The frame as JPEG in `folder`; null where the format's options say that frames are left out. */
export async function jpegFrame(
  context: FormatContext,
  { frameIndex, stem }: ExportedFrame,
  folder: string,
): Promise<ExportedFile | null> {
  if (optionValue(context.choice, 'pictures') === 'none') {
    return null;
  }
  const { encodeJpeg } = context.tools;
  if (!encodeJpeg) {
    throw new Error('JPEG files are written in a browser only');
  }
  const bytes = await encodeJpeg(await context.getPicture(frameIndex), JPEG_QUALITY);
  return { name: `${folder}${stem}.jpg`, bytes };
}
