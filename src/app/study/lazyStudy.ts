/** Loads studies and replays when they are first asked for: few visits need them. */
import type { MaskflowStore } from '../../state/store';
import type { ProvenanceRecorder } from '../provenance/recorder';
import type { StudyApp } from './studyApp';
import type { StudyServices, StudyUseCases } from './studyUseCases';

/** `settled` resolves when all prompted masks are up to date. */
export function lazyStudy(
  store: MaskflowStore,
  services: StudyServices,
  recorder: ProvenanceRecorder,
  settled: () => Promise<void>,
): StudyApp {
  let loading: Promise<StudyUseCases> | null = null;
  let loaded: StudyUseCases | null = null;
  const load = (): Promise<StudyUseCases> => {
    loading ??= import('./studyUseCases').then((module) => {
      loaded = new module.StudyUseCases(store, services, recorder, settled);
      return loaded;
    });
    return loading;
  };
  return {
    startStudy: async (order) => (await load()).startStudy(order),
    stopStudy: () => loaded?.stopStudy(),
    scoreStudy: async (referenceKey) => (await load()).scoreStudy(referenceKey),
    keepStudyResult: async (id) => (await load()).keepStudyResult(id),
    contactSheet: async (frames) => (await load()).contactSheet(frames),
    replayLog: async () => (await load()).replayLog(),
    stopReplay: () => loaded?.stopReplay(),
    isBusy: () => loaded?.isBusy() ?? false,
    methodsText: async () => (await load()).methodsText(),
    provenanceText: async () => (await load()).provenanceText(),
  };
}
