/** How large XMem sees the frames: the smaller, the quicker, and the more it misses. */
import type { Provider } from '../engine/engineInfo';

/** Shorter side, px; `auto`: what suits the device; `source`: as large as the footage is. */
export const workingSizes = ['auto', 240, 300, 360, 420, 480, 'source'] as const;

export type WorkingSize = (typeof workingSizes)[number];

/** Of the shorter side, px; on the processor a frame of 480 px takes seconds. */
const suitable: Readonly<Record<Provider, number>> = { webgpu: 480, wasm: 240 };

/** In px; null for the footage's own size. */
export function shortSideOf(size: WorkingSize, provider: Provider): number | null {
  return size === 'source' ? null : size === 'auto' ? suitable[provider] : size;
}
