/** The models page: every model of the shelf, and one of them in full. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { ModelList } from './ModelList';
import { ModelPanel } from './ModelPanel';
import './models.css';
import { ModelsFooter } from './ModelsFooter';

export function ModelsDialog() {
  const app = useApp();
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const chosen = useMaskflow((state) => state.shownModel) ?? 'xmem';
  const showModels = useMaskflow((state) => state.showModels);
  useEffect(() => void app.models.openShelf(), [app]);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && setStudyData({ openTool: null })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="sheet models">
          <header className="sheet-header">
            <Dialog.Title className="sheet-title">{modelsText.title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={modelsText.close}>
              <X />
            </Dialog.Close>
            <Dialog.Description className="sheet-hint muted">{modelsText.intro}</Dialog.Description>
          </header>
          <div className="models-body">
            <ModelList chosen={chosen} onChoose={showModels} />
            <ModelPanel key={chosen} id={chosen} />
          </div>
          <ModelsFooter />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
