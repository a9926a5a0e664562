/** Reads a stream piece by piece. */

/** Ends the stream when it is left early. Not all browsers can iterate streams. */
export async function* streamPieces<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    // Some answer by failing: client-zip throws the reason into its generator. Who left has an error to tell, or none.
    await reader.cancel().catch(() => undefined);
  }
}
