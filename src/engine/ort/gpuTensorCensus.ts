/** Counts tensors that live on the GPU: browsers tell nobody how much GPU memory is in use. */
import type { OrtTensor } from './ortRuntime';

export class GpuTensorCensus {
  readonly #live = new Set<OrtTensor>();

  get liveCount(): number {
    return this.#live.size;
  }

  /** Counts the tensor if it is on the GPU. Every counted tensor must go through `dispose`. */
  add(tensor: OrtTensor): void {
    if (tensor.location === 'gpu-buffer') {
      this.#live.add(tensor);
    }
  }

  /** Disposes of a tensor and stops counting it. A second call for the same tensor does nothing. */
  dispose(tensor: OrtTensor): void {
    const wasCounted = this.#live.delete(tensor);
    if (wasCounted || tensor.location === 'cpu') {
      try {
        tensor.dispose();
      } catch {
        // Its device is gone, and its memory with it.
      }
    }
  }
}
