/** What the plain worker is asked and what it answers. */

export type PlainTask = {
  readonly threads: number;
  readonly runs: number;
  readonly encoderUrl: string;
  readonly decoderUrl: string;
  readonly picture: ImageBitmap;
  readonly click: readonly [x: number, y: number];
};

export type PlainFigures = {
  /** Fetching both graphs and `InferenceSession.create` for both, the start of the WASM module included. */
  readonly loadMs: number;
  readonly firstEncodeMs: number;
  readonly encodeMs: readonly number[];
  /** The decoder drawing its mask at the picture's size, as its documentation has it. */
  readonly decodeFullMs: readonly number[];
  /** The decoder fed as the app does, for its low-resolution logits alone. */
  readonly decodeMs: readonly number[];
  readonly predictedIou: number;
};

export type PlainAnswer = { readonly figures: PlainFigures } | { readonly error: string };
