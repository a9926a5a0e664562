/** Loads what measures when something is measured for the first time, so that the page need not wait for it. */
import type { MaskflowStore } from '../state/store';
import { startMeasuring } from './autoMeasure';
import type { MeasurementExport } from './exportMeasurements';
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
  const measure: MeasureApp['measure'] = async (request, options) => (await load()).measure(request, options);
  const measurementsZip: MeasureApp['measurementsZip'] = async (request, options) =>
    (await load()).measurementsZip(request, options);
  let files: Promise<MeasurementExport> | null = null;
  function loadFiles(): Promise<MeasurementExport> {
    files ??= import('./exportMeasurements').then(
      ({ MeasurementExport }) => new MeasurementExport(store, measurementsZip),
    );
    return files;
  }
  const byItself = startMeasuring(store, measure);
  return {
    measure,
    stopMeasuring: byItself.stop,
    measureAgain: byItself.again,
    exportMeasurements: async () => (await loadFiles()).start(),
    cancelMeasurementExport: () => void files?.then((running) => running.cancel()),
    measurementsZip,
  };
}
