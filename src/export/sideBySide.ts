/** Runs the writers of several formats frame by frame beside each other, so that each frame is read once for all. */
import type { ExportedFile } from './exportedFile';

export type FrameWriter = {
  readonly files: AsyncIterator<ExportedFile, void, void>;
  /** Frames that it has told to be done. */
  readonly framesDone: () => number;
};

type Runner = FrameWriter & {
  /** A file of the next frame: it is known to be one only when it is there. */
  ahead: ExportedFile | null;
  isOver: boolean;
};

/** Yields all files of all writers: those of a frame before those of the next. Ends the writers when it is ended. */
export async function* sideBySide(writers: readonly FrameWriter[]): AsyncGenerator<ExportedFile, void, void> {
  const runners: Runner[] = writers.map((writer) => ({ ...writer, ahead: null, isOver: false }));
  try {
    for (let frame = 1; runners.some(({ isOver }) => !isOver); frame += 1) {
      for (const runner of runners) {
        yield* untilFrame(runner, frame);
      }
    }
  } finally {
    for (const { files, isOver } of runners) {
      if (!isOver) {
        await files.return?.();
      }
    }
  }
}

/** The writer's files up to its `frame`th frame (from 1); the first one after it is kept for the next time. */
async function* untilFrame(runner: Runner, frame: number): AsyncGenerator<ExportedFile, void, void> {
  if (runner.ahead) {
    yield runner.ahead;
    runner.ahead = null;
  }
  while (!runner.isOver) {
    const { done, value } = await runner.files.next();
    if (done) {
      runner.isOver = true;
    } else if (runner.framesDone() >= frame) {
      runner.ahead = value;
      return;
    } else {
      yield value;
    }
  }
}
