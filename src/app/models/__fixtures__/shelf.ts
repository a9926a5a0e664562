/** The use cases of models over services whose work ends when the test says so. */
import { cancelledError, UserFacingError } from '../../../core/base/errors';
import type { HydrationOutcome, HydrationProgress, PartialDownload } from '../../../core/models/hydration';
import type { HostStatement } from '../../../core/models/hostStatement';
import type { HydratedModel } from '../../../core/models/modelStatus';
import type { MeasuredModel } from '../../../core/models/modelTest';
import type { ModelId } from '../../../core/models/shelf';
import type { HydrationRequest, TestedModel } from '../../../workers/models/modelsProtocol';
import { ready } from '../../__fixtures__/appFixtures';
import type { ModelsService } from '../../services';
import { ModelsUseCases, type ModelsOptions } from '../modelsUseCases';

export const hydrated: HydratedModel = {
  variant: 'fp32',
  checkpointName: 'w.pth',
  checkpointBytes: 9,
  checkpointSha256: 'ab',
  weightsSha256: null,
  storedBytes: 9,
  isOfficial: null,
  hydratedAtMs: 0,
  graphs: [],
};
export const measured: MeasuredModel = {
  test: {
    variant: 'fp32',
    provider: 'wasm',
    pictureSidePx: 384,
    encoderMs: 5,
    outputs: [],
    verdict: 'notKnown',
  },
  weightsSha256: 'ef',
  adapter: null,
  measuredAtMs: 1,
};
export const statement: HostStatement = { host: 'files.test', sizeBytes: 9, sha256: 'ab' };
export const refusal = { code: 'model-corrupt', what: 'what', safe: 'safe', todo: 'todo' } as const;

function nobodyAsked(): void {
  throw new Error('nothing is under way that could be answered');
}

/** A shelf whose hydrations end when the test says so. */
export function shelf(options: Partial<ModelsOptions> = {}) {
  const store = ready();
  const done: string[] = [];
  const requests: HydrationRequest[] = [];
  let parts: readonly PartialDownload[] = [];
  let kept: readonly TestedModel[] = [];
  let answer: (said: HostStatement | Error) => void = nobodyAsked;
  let end: (outcome: HydrationOutcome | Error) => void = nobodyAsked;
  let tell: (progress: HydrationProgress) => void = nobodyAsked;
  const models: ModelsService = {
    hydrated: async () => [],
    offers: async () => [],
    ask: (_, url, signal) =>
      new Promise((resolve, reject) => {
        done.push(`ask ${url}`);
        answer = (said) => (said instanceof Error ? reject(said) : resolve(said));
        signal?.addEventListener('abort', () => reject(cancelledError()));
      }),
    whose: async ({ name }) => (name === 'XMem.pth' ? 'xmem' : null),
    keptTests: async () => kept,
    keepTest: async (id, found) => {
      kept = [...kept.filter((one) => one.id !== id), { id, measured: found }];
    },
    hydrate: (id, request, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        done.push(`hydrate ${id}`);
        requests.push(request);
        tell = (progress) => onProgress?.(progress);
        end = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
        signal?.addEventListener('abort', () => reject(cancelledError()));
      }),
    remove: async (id) => void done.push(`remove ${id}`),
    partialDownloads: async () => parts,
    discardDownload: async (id) => {
      if (id === 'sam-vit-h') {
        throw new UserFacingError({ ...refusal, code: 'storage-failed' });
      }
      parts = parts.filter((part) => part.id !== id);
    },
  };
  const segment = {
    forgetModel: async (id: ModelId) => void done.push(`forget ${id}`),
    selfTest: async (id: ModelId, { signal }: { readonly signal?: AbortSignal } = {}) => {
      done.push(`test ${id}`);
      await Promise.resolve();
      if (signal?.aborted) {
        throw cancelledError();
      }
      return measured;
    },
  };
  const useCases = new ModelsUseCases(
    store,
    { models, segment },
    {
      reloadPrompting: () => void done.push('reload'),
      isEngineBusy: () => false,
      announce: () => void done.push('announce'),
      hasHalfPrecision: async () => false,
      ...options,
    },
  );
  const from = { from: new File(['x'], 'w.pth'), variant: 'fp32' } as const;
  return {
    store,
    done,
    requests,
    useCases,
    from,
    end: (outcome: HydrationOutcome | Error) => end(outcome),
    answer: (said: HostStatement | Error) => answer(said),
    keepTests: (tests: readonly TestedModel[]) => void (kept = tests),
    keptTests: () => kept,
    keepParts: (some: readonly PartialDownload[]) => void (parts = some),
    tell: (progress: HydrationProgress) => tell(progress),
  };
}
