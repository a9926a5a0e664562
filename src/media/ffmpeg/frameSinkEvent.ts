/** How pieces of the frame sink travel among ffmpeg's log events. */

export const FRAME_SINK_EVENT = 'framesink';

/** The bytes of a frame sink event; null for an ordinary log line. */
export function sinkPiece(event: { type: string; message: string }): Uint8Array<ArrayBuffer> | null {
  if (event.type !== FRAME_SINK_EVENT) {
    return null;
  }
  return (event as { type: string; message: string; piece: Uint8Array<ArrayBuffer> }).piece;
}
