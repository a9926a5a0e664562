/** The models page: every model of the shelf, and one of them in full. */
import { useEffect } from 'react';
import { SheetDialog } from '../dialogs/SheetDialog';
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
    <SheetDialog
      look="models"
      title={modelsText.title}
      intro={modelsText.intro}
      onClose={() => setStudyData({ openTool: null })}
    >
      <div className="models-body">
        <ModelList chosen={chosen} onChoose={showModels} />
        <ModelPanel key={chosen} id={chosen} />
      </div>
      <ModelsFooter />
    </SheetDialog>
  );
}
