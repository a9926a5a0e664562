/** Which picture goes to which frame. */
import { counted, countText } from '../../core/base/numberText';
import type { ImportPlan, PlannedPicture } from '../../core/import/planImport';
import { RowList } from '../shell/RowList';
import { problemText } from '../text/importText';

const ROW_PX = 24;

export function ImportFiles({ plan }: { plan: ImportPlan }) {
  return (
    <section>
      <h3 id="import-files" className="sheet-heading">
        Pictures <span className="muted">{countText(plan.pictures.length)}</span>
      </h3>
      <RowList count={plan.pictures.length} rowPx={ROW_PX} className="import-files" labelledBy="import-files">
        {(index) => fileRow(plan.pictures[index]!)}
      </RowList>
    </section>
  );
}

function fileRow({ picture, frameIndex, problem, isScaled }: PlannedPicture) {
  const masks = picture.masks.length;
  return (
    <div className={`import-file ${problem ? 'is-left-out' : ''}`}>
      <span className="import-path" title={picture.path}>
        {picture.path}
      </span>
      <span className="muted">{masks === 0 ? 'empty' : counted(masks, 'mask')}</span>
      <span>{problem ? problemText[problem] : `frame ${frameIndex}${isScaled ? ', scaled' : ''}`}</span>
    </div>
  );
}
