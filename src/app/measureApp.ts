/** Loads what measures when something is measured for the first time, so that the page need not wait for it. */
import type { MaskflowStore } from '../state/store';
import type { Measuring } from './measure';
import type { MeasureApp } from './measureRequest';
import type { Services } from './services';

export function measureApp(
  store: MaskflowStore,
  { measurer, footage }: Pick<Services, 'measurer' | 'footage'>,
): MeasureApp {
  let loaded: Promise<Measuring> | null = null;
  function load(): Promise<Measuring> {
    loaded ??= import('./measure').then(({ Measuring }) => {
      measurer.connectFrames((port) => void footage.connect(port));
      return new Measuring(store, measurer);
    });
    return loaded;
  }
  return {
    measure: async (request, options) => (await load()).measure(request, options),
    flowProfiles: async (frameIndex, calibration) => (await load()).flowProfiles(frameIndex, calibration),
  };
}
