/** Starts the worker that runs the plain sessions. */
import { decodedPicture, decoderUrl, encoderUrl } from './picture';
import type { PlainAnswer, PlainFigures, PlainTask } from './plainTask';

export async function runPlain(
  options: Pick<PlainTask, 'threads' | 'runs' | 'click'>,
): Promise<PlainFigures> {
  const picture = await createImageBitmap(await decodedPicture());
  const worker = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' });
  const task: PlainTask = { ...options, encoderUrl, decoderUrl, picture };
  try {
    const answer = await new Promise<PlainAnswer>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<PlainAnswer>) => resolve(event.data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      worker.postMessage(task, [picture]);
    });
    if ('error' in answer) {
      throw new Error(answer.error);
    }
    return answer.figures;
  } finally {
    worker.terminate();
  }
}
