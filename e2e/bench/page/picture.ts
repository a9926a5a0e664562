/** The picture all baselines work on: frame 0 of the sample. */
import pictureUrl from '../../fixtures/dye/frames/frame_000.png?url';

/** Resolves when it is decoded, which is not part of any figure. */
export async function decodedPicture(): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = pictureUrl;
  await image.decode();
  return image;
}

export const encoderUrl = new URL('/mobilesam/encoder.onnx', location.href).href;
export const decoderUrl = new URL('/mobilesam/decoder.onnx', location.href).href;
