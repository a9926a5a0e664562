/** Cuts a stream of JPEG files, arriving in pieces of any length, where each picture ends. */

const MARKER = 0xff;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/**
 * Follows segment lengths up to the scan, and looks for the end marker only inside it, where ITU-T T.81 (B.1.1.5)
 * stuffs a zero after every 0xff of the data: a table that happens to hold the bytes ff d9 cannot mislead it.
 */
export class JpegSplitter {
  #state: 'marker' | 'code' | 'lengthHigh' | 'lengthLow' | 'segment' | 'scan' | 'scanMarker' = 'marker';
  #code = 0;
  #remaining = 0;
  #position = 0;

  /** Positions in the whole stream, one past the last byte of each picture that ends within `piece`. */
  push(piece: Uint8Array): number[] {
    const ends: number[] = [];
    let index = 0;
    while (index < piece.length) {
      if (this.#state === 'scan') {
        const marker = piece.indexOf(MARKER, index);
        if (marker < 0) {
          break;
        }
        index = marker + 1;
        this.#state = 'scanMarker';
      } else if (this.#state === 'segment') {
        const skipped = Math.min(this.#remaining, piece.length - index);
        index += skipped;
        this.#remaining -= skipped;
        if (this.#remaining === 0) {
          this.#state = this.#code === START_OF_SCAN ? 'scan' : 'marker';
        }
      } else {
        this.#step(piece[index] ?? 0);
        index += 1;
        if (this.#state === 'marker' && this.#code === END_OF_IMAGE) {
          this.#code = 0;
          ends.push(this.#position + index);
        }
      }
    }
    this.#position += piece.length;
    return ends;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'marker':
        this.#state = byte === MARKER ? 'code' : 'marker';
        return;
      case 'code':
        if (byte === MARKER) {
          return;
        }
        this.#code = byte;
        this.#state = isBare(byte) ? 'marker' : 'lengthHigh';
        return;
      case 'lengthHigh':
        this.#remaining = byte << 8;
        this.#state = 'lengthLow';
        return;
      case 'lengthLow':
        // The length counts its own two bytes.
        this.#remaining = Math.max(0, (this.#remaining | byte) - 2);
        this.#state = 'segment';
        return;
      case 'scanMarker':
        this.#stepInScan(byte);
        return;
      case 'segment':
      case 'scan':
        return;
    }
  }

  #stepInScan(byte: number): void {
    if (byte === MARKER) {
      return;
    }
    const isData = byte === 0 || (byte >= 0xd0 && byte <= 0xd7);
    this.#code = isData ? 0 : byte;
    this.#state = isData ? 'scan' : isBare(byte) ? 'marker' : 'lengthHigh';
  }
}

/** Markers without a segment after them: restart, start and end of image, TEM. */
function isBare(code: number): boolean {
  return (code >= 0xd0 && code <= 0xd9) || code === 0x01;
}
