/** Starts what has to do with models: the engine with the one that draws from prompts, and the shelf. */
import type { MaskflowStore } from '../../state/store';
import { loadEngine } from '../loadEngine';
import type { Services } from '../services';
import { hasHalfPrecision } from './halfPrecision';
import { keptMirror } from './modelMirror';
import type { ModelsApp } from './modelsApp';
import type { ModelsUseCases } from './modelsUseCases';
import { PromptingModel } from './promptingModel';
import { SHELF_CHANNEL, ShelfNews } from './shelfNews';

export type StartedModels = {
  readonly models: ModelsApp;
  /** Loads the engine again after it failed. */
  readonly retryEngine: () => Promise<void>;
};

/** `isStudyBusy`: whether a study or a replay uses the engine. */
export function startModels(
  store: MaskflowStore,
  services: Pick<Services, 'segment' | 'models'>,
  isStudyBusy: () => boolean,
): StartedModels {
  const { segment } = services;
  const page = { baseUrl: document.baseURI, search: location.search };
  const isEngineBusy = (): boolean => isStudyBusy() || store.getState().propagation !== null;
  const prompting = new PromptingModel(store, (model) => loadEngine(store, segment, page, model));
  segment.onEngineChange((info) => store.getState().setEngine({ kind: 'ready', info }));
  segment.onEngineLost(() => store.getState().setEngine({ kind: 'failed' }));
  store.getState().setModelsData({ modelMirror: keptMirror() });
  prompting.start();
  const news = new ShelfNews(store, services, {
    channel: new BroadcastChannel(SHELF_CHANNEL),
    reloadPrompting: () => prompting.reload(),
    isEngineBusy,
  });
  void news.refresh().then(() => prompting.shelfKnown());
  return {
    retryEngine: async () => prompting.reload(),
    models: lazyModels(store, services, {
      reloadPrompting: () => prompting.reload(),
      isEngineBusy,
      announce: () => news.announce(),
      hasHalfPrecision: () => hasHalfPrecision(store, page.search),
    }),
  };
}

/** Loads the use cases when they are first asked for: few visits need them. */
function lazyModels(
  store: MaskflowStore,
  services: ConstructorParameters<typeof ModelsUseCases>[1],
  options: ConstructorParameters<typeof ModelsUseCases>[2],
): ModelsApp {
  let loading: Promise<ModelsUseCases> | null = null;
  const load = (): Promise<ModelsUseCases> => {
    loading ??= import('./modelsUseCases').then(
      (module) => new module.ModelsUseCases(store, services, options),
    );
    return loading;
  };
  return {
    openShelf: async () => (await load()).openShelf(),
    hydrate: async (id, order) => (await load()).hydrate(id, order),
    askHost: async (id, url) => (await load()).askHost(id, url),
    endEnquiry: (id) => void load().then((models) => models.endEnquiry(id)),
    readWhereItBelongs: async (id) => (await load()).readWhereItBelongs(id),
    readWhoevers: async (file) => (await load()).readWhoevers(file),
    cancelHydration: (id) => void load().then((models) => models.cancelHydration(id)),
    discardDownload: async (id) => (await load()).discardDownload(id),
    remove: async (id) => (await load()).remove(id),
    test: async (id) => (await load()).test(id),
    stopTest: (id) => void load().then((models) => models.stopTest(id)),
    setMirror: (address) => void load().then((models) => models.setMirror(address)),
    choosePrompting: (id) => void load().then((models) => models.choosePrompting(id)),
  };
}
