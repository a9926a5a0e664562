/** Keeps a working SAM through failed creations and lost devices. */
import { assert } from '../../core/base/assert';
import { messageOf, UserFacingError } from '../../core/base/errors';
import type { EngineInfo, Provider } from '../../core/engine/engineInfo';
import { chooseProvider, wasmChoice, type Capabilities, type ProviderChoice } from '../ort/executionProvider';
import { requestGpuDevice } from '../ort/gpuDevice';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import type { OrtRuntime } from '../ort/ortRuntime';
import type { Place } from '../ort/place';
import { SessionMutex } from '../ort/sessionMutex';
import { factsOf, type SamFiles } from './samFiles';
import { SamModel } from './samModel';

export type HostEnvironment = {
  readonly capabilities: Capabilities;
  readonly loadRuntime: (provider: Provider, threads: number) => Promise<OrtRuntime>;
};

type Loaded = {
  readonly model: SamModel;
  readonly place: Place;
  readonly info: EngineInfo;
  /** Resolves when the device is lost; never on WASM. */
  readonly lost: Promise<void>;
  isLost: boolean;
  isRetired: boolean;
};

/** A run on a lost device may reject a little before the browser says that the device is lost. */
const LOSS_GRACE_MS = 1000;
const MAX_LOSSES_IN_A_ROW = 2;

export class SamHost {
  readonly census = new GpuTensorCensus();
  readonly #environment: HostEnvironment;
  readonly #onChange: (info: EngineInfo) => void;
  readonly #mutex = new SessionMutex();
  #files: SamFiles | null = null;
  #runtime: OrtRuntime | null = null;
  #forced: Provider | undefined;
  #current: Promise<Loaded> | null = null;
  #lossesInARow = 0;

  /** `onChange` hears of every replacement of the engine after `load`. */
  constructor(environment: HostEnvironment, onChange: (info: EngineInfo) => void) {
    this.#environment = environment;
    this.#onChange = onChange;
  }

  /**
   * Loads the model on the best provider, and on WASM when WebGPU fails. May be called again. Rejects with
   * `engine-start-failed` when nothing works in this realm; a fresh worker may do better, since a WASM module that
   * failed to start cannot be started again.
   */
  async load(files: SamFiles, forced?: Provider): Promise<EngineInfo> {
    const old = this.#current;
    this.#files = files;
    this.#forced = forced;
    this.#lossesInARow = 0;
    this.#current = this.#replace(old, () => chooseProvider(this.#environment.capabilities, forced));
    return (await this.#current).info;
  }

  /**
   * Runs `work` on the model; when the device is lost meanwhile, makes a new model and runs it again, so `work` must
   * be repeatable and hand out nothing that lives on the GPU. Other models may run beside it, at its `place`.
   */
  async use<T>(work: (model: SamModel, place: Place) => Promise<T>): Promise<T> {
    for (;;) {
      const loaded = await this.#loaded();
      try {
        const result = await work(loaded.model, loaded.place);
        this.#lossesInARow = 0;
        return result;
      } catch (error) {
        // Cancelled calls and unreadable frames are no fault of the device.
        if (error instanceof UserFacingError || (!loaded.isRetired && !(await wasLost(loaded, error)))) {
          throw error;
        }
        this.#recoverFrom(loaded);
      }
    }
  }

  /** The model in use, and what it runs on. */
  async info(): Promise<EngineInfo> {
    return (await this.#loaded()).info;
  }

  /** The device in use; for tests that take it away. */
  async device(): Promise<GPUDevice | null> {
    return (await this.#current)?.place.device ?? null;
  }

  async #loaded(): Promise<Loaded> {
    if (!this.#current) {
      throw startFailed(new Error('the model is not loaded'));
    }
    return this.#current;
  }

  /** Replaces a lost model once, however many callers noticed. */
  #recoverFrom(loaded: Loaded): void {
    if (loaded.isRetired) {
      return;
    }
    this.#lossesInARow += 1;
    const hasLostTooOften = this.#lossesInARow >= MAX_LOSSES_IN_A_ROW;
    const choose = async (): Promise<ProviderChoice> =>
      hasLostTooOften
        ? wasmChoice(
            loaded.info.threads,
            'The graphics card stopped responding twice in a row, so the model now runs on the processor.',
          )
        : chooseProvider(this.#environment.capabilities, this.#forced);
    loaded.isRetired = true;
    this.#current = this.#replace(Promise.resolve(loaded), choose);
    this.#current.then(
      ({ info }) => this.#onChange(info),
      // Whoever uses the model next gets this error; nobody has to now.
      () => undefined,
    );
  }

  async #replace(old: Promise<Loaded> | null, choose: () => Promise<ProviderChoice>): Promise<Loaded> {
    // A failed load left nothing to release.
    const retired = await old?.catch(() => null);
    if (retired) {
      retired.isRetired = true;
      await retired.model.release();
      retired.place.device?.destroy();
    }
    return this.#create(await choose());
  }

  async #create(choice: ProviderChoice): Promise<Loaded> {
    if (choice.provider === 'webgpu') {
      try {
        return await this.#createOn(choice);
      } catch (error) {
        const reason = `The graphics card could not run the model (${messageOf(error)}), so it runs on the processor.`;
        return this.#create(wasmChoice(choice.threads, reason));
      }
    }
    try {
      return await this.#createOn(choice);
    } catch (error) {
      throw startFailed(error);
    }
  }

  async #createOn(choice: ProviderChoice): Promise<Loaded> {
    const files = this.#files;
    assert(files, 'load comes before create');
    // Every build can run on the CPU, and a realm starts only one: the first stays.
    this.#runtime ??= await this.#environment.loadRuntime(choice.provider, choice.threads);
    const device = choice.gpuAdapter ? await requestGpuDevice(choice.gpuAdapter) : null;
    const context = { runtime: this.#runtime, mutex: this.#mutex, census: this.census };
    let model: SamModel;
    try {
      model = await SamModel.create(context, files, device);
    } catch (error) {
      device?.destroy();
      throw error;
    }
    const info: EngineInfo = {
      provider: choice.provider,
      adapter: choice.adapterName,
      threads: choice.threads,
      fallbackReason: choice.fallbackReason,
      ...factsOf(files),
    };
    return this.#watch({ model, place: { context, device }, info });
  }

  #watch(parts: Pick<Loaded, 'model' | 'place' | 'info'>): Loaded {
    const never = new Promise<void>(() => undefined);
    const lost = parts.place.device?.lost.then(() => undefined) ?? never;
    const loaded: Loaded = { ...parts, lost, isLost: false, isRetired: false };
    void lost.then(() => {
      loaded.isLost = true;
      this.#recoverFrom(loaded);
    });
    return loaded;
  }
}

/** What ort says when it mixes up a lost device's buffers with those of its successor: as bad as a loss. */
const FOREIGN_BUFFER = /is associated with \[Device/;

async function wasLost(loaded: Loaded, error: unknown): Promise<boolean> {
  const { device } = loaded.place;
  if (device && FOREIGN_BUFFER.test(messageOf(error))) {
    return true;
  }
  if (!loaded.isLost && device) {
    await Promise.race([loaded.lost, new Promise((resolve) => setTimeout(resolve, LOSS_GRACE_MS))]);
  }
  return loaded.isLost;
}

function startFailed(cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'engine-start-failed',
      what: `The segmentation engine could not start: ${messageOf(cause)}.`,
      safe: 'Your footage, prompts and masks are untouched.',
      todo: 'Load the model again; if it fails again, close other tabs to free memory, or try another browser.',
    },
    { cause },
  );
}
