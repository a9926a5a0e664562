/** Composition root: workers, store, application, interface. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createMaskflowApp } from './app/createMaskflowApp';
import { createMaskflowStore } from './state/store';
import { App } from './ui/App';
import { AppContext } from './ui/hooks/useMaskflow';
import { CompareClient } from './workers/compare/compareClient';
import { ExportClient } from './workers/export/exportClient';
import { FootageClient } from './workers/footage/footageClient';
import { ImportClient } from './workers/import/importClient';
import { MeasureClient } from './workers/measure/measureClient';
import { ModelsClient } from './workers/models/modelsClient';
import { SegmentClient } from './workers/segment/segmentClient';
import { StorageClient } from './workers/storage/storageClient';

const store = createMaskflowStore();
const app = createMaskflowApp(store, {
  comparer: new CompareClient(),
  footage: new FootageClient(),
  segment: new SegmentClient(),
  exporter: new ExportClient(),
  importer: new ImportClient(),
  measurer: new MeasureClient(),
  storage: new StorageClient(),
  models: new ModelsClient(),
});
void app.start();

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no #root');
}
createRoot(root).render(
  <StrictMode>
    <AppContext value={app}>
      <App />
    </AppContext>
  </StrictMode>,
);
