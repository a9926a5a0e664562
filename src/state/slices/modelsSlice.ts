/** Keeps what is known of the models of the shelf. */
import type { StateCreator } from 'zustand/vanilla';
import type { ModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../maskflowState';
import type { ModelsSlice } from './modelsState';

type Table<T> = Readonly<Partial<Record<ModelId, T>>>;

/** The table with another entry for a model; null takes it out. */
function changed<T>(table: Table<T>, id: ModelId, value: T | null): Table<T> {
  const others = Object.entries(table).filter(([key]) => key !== id);
  return Object.fromEntries(value === null ? others : [...others, [id, value]]) as Table<T>;
}

export const createModelsSlice: StateCreator<MaskflowState, [], [], ModelsSlice> = (set) => ({
  hydratedModels: {},
  outdatedModels: {},
  modelArrivals: {},
  modelOffers: null,
  hostEnquiries: {},
  roomBytes: null,
  partialDownloads: [],
  modelTests: {},
  modelMirror: '',
  hasHalfPrecision: null,
  shownModel: null,
  setHydratedModel: (id, model) =>
    set(({ hydratedModels }) => ({ hydratedModels: changed(hydratedModels, id, model) })),
  setOutdatedModel: (id, model) =>
    set(({ outdatedModels }) => ({ outdatedModels: changed(outdatedModels, id, model) })),
  setModelArrival: (id, arrival) =>
    set(({ modelArrivals }) => ({ modelArrivals: changed(modelArrivals, id, arrival) })),
  setHostEnquiry: (id, enquiry) =>
    set(({ hostEnquiries }) => ({ hostEnquiries: changed(hostEnquiries, id, enquiry) })),
  setModelTest: (id, test) => set(({ modelTests }) => ({ modelTests: changed(modelTests, id, test) })),
  setModelsData: (change) => set(change),
  showModels: (shownModel) => set({ shownModel, openTool: 'models' }),
});
