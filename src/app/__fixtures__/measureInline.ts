/** The measure worker's work, done where it is asked for; it has no pictures and writes no files. */
import { FrameSequence } from '../../core/measure/frameSequence';
import type { MeasureService } from '../services';

export function measureInline(): MeasureService {
  return {
    connectFrames: () => undefined,
    disconnectFrames: () => undefined,
    measure: async (_, tasks) => {
      const sequence = new FrameSequence();
      return tasks.map((task) => sequence.next(task, null));
    },
    zip: () => Promise.reject(new Error('no files are written here')),
  };
}
