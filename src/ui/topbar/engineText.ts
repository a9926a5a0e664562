/** The engine's state in words. */
import { assertNever } from '../../core/base/assert';
import { percentText } from '../../core/base/numberText';
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { EngineStatus } from '../../state/maskflowState';

function percent(fraction: number | null): string {
  return fraction === null ? '' : ` ${percentText(fraction)}`;
}

/** `WebGPU · Apple M3` or `WASM · 2 threads`. */
export function providerText(info: EngineInfo): string {
  if (info.provider === 'webgpu') {
    return `WebGPU · ${info.adapter ?? 'unnamed adapter'}`;
  }
  return `WASM · ${info.threads} ${info.threads === 1 ? 'thread' : 'threads'}`;
}

/** The badge's own words. */
export function engineText(engine: EngineStatus): string {
  switch (engine.kind) {
    case 'loading':
      return `${engine.phase}${percent(engine.fraction)}`;
    case 'ready':
      return providerText(engine.info);
    case 'failed':
      return 'Engine failed';
    default:
      return assertNever(engine);
  }
}

/** What the engine is doing right now; null when it waits. */
export function activityText(encodingFrame: number | null, predictingFrame: number | null): string | null {
  if (encodingFrame !== null) {
    return `Preparing frame ${encodingFrame} for prompting…`;
  }
  return predictingFrame !== null ? `Drawing masks on frame ${predictingFrame}…` : null;
}
