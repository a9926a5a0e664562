/** The engine's state in words. */
import { assertNever } from '../../core/base/assert';
import { percentText } from '../../core/base/numberText';
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { HydratedModel } from '../../core/models/modelStatus';
import type { EngineStatus } from '../../state/maskflowState';
import { isBrought, modelFacts } from './modelInUse';

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

/** `SAM ViT-B · WASM`, where the model had to be brought here; otherwise what it runs on says more. */
function readyText(info: EngineInfo): string {
  return isBrought(info)
    ? `${info.modelName} · ${info.provider === 'webgpu' ? 'WebGPU' : 'WASM'}`
    : providerText(info);
}

/** All of it, for a tooltip: `SAM ViT-B, 32-bit, not of the official file · WASM · 2 threads`. */
export function engineTitle(engine: EngineStatus, kept: HydratedModel | undefined): string {
  if (engine.kind !== 'ready') {
    return engineText(engine);
  }
  const facts = modelFacts(engine.info, kept).map(([, value]) => value);
  return `${facts.join(', ')} · ${providerText(engine.info)}`;
}

/** The badge's own words. */
export function engineText(engine: EngineStatus): string {
  switch (engine.kind) {
    case 'loading':
      return `${engine.phase}${percent(engine.fraction)}`;
    case 'ready':
      return readyText(engine.info);
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
