/** Which two sets are compared, and where references come from. */
import { FileDown, Trash2 } from 'lucide-react';
import { useRef, type ChangeEvent } from 'react';
import type { MaskSet } from '../../core/compare/maskSet';
import { comparedSets, maskSetsOf } from '../../state/maskSets';
import { inputFiles } from '../dialogs/filePickers';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { ProgressBar } from '../shell/ProgressBar';
import { compareText } from '../text/compareText';

export function SetsSection() {
  const sets = useMaskflow(maskSetsOf);
  const compared = useMaskflow(comparedSets);
  const { aKey, bKey } = useMaskflow((state) => state.comparison);
  const setComparison = useMaskflow((state) => state.setComparison);
  const isKnown = sets.some(({ key }) => key === bKey);
  return (
    <InspectorSection id="compare-sets" title={compareText.sets} tip={compareText.setsTip}>
      <SetChoice
        name={compareText.a}
        spoken={compareText.setA}
        sets={sets}
        value={aKey}
        onChoose={(key) => setComparison({ aKey: key })}
      />
      <SetChoice
        name={compareText.b}
        spoken={compareText.setB}
        sets={sets}
        value={isKnown ? bKey : null}
        onChoose={(key) => setComparison({ bKey: key })}
      />
      {sets.length === 1 ? <p className="muted">{compareText.noOther}</p> : null}
      {compared?.a === compared?.b && compared ? <p className="muted">{compareText.sameSet}</p> : null}
      <ReferenceRows />
    </InspectorSection>
  );
}

type SetChoiceProps = {
  readonly name: string;
  readonly spoken: string;
  readonly sets: readonly MaskSet[];
  readonly value: string | null;
  readonly onChoose: (key: string) => void;
};

function SetChoice({ name, spoken, sets, value, onChoose }: SetChoiceProps) {
  return (
    <label className="compare-set">
      <b aria-hidden="true">{name}</b>
      <select
        className="field"
        aria-label={spoken}
        value={value ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {value === null ? <option value="">{compareText.chooseB}</option> : null}
        {sets.map(({ key, name: setName }) => (
          <option key={key} value={key}>
            {setName}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The references there are, and the way to bring in another. */
function ReferenceRows() {
  const app = useApp();
  const pickerRef = useRef<HTMLInputElement>(null);
  const references = useMaskflow((state) => state.references);
  const removeReference = useMaskflow((state) => state.removeReference);
  const arriving = useMaskflow((state) => state.referenceImport);
  function read(event: ChangeEvent<HTMLInputElement>): void {
    const files = inputFiles(event.currentTarget.files ?? []);
    // Cleared, so that choosing the same file again is a change too.
    event.currentTarget.value = '';
    if (files.length > 0) {
      void app.comparison.importReference(files);
    }
  }
  return (
    <>
      {references.length > 0 ? (
        <ul className="compare-references">
          {references.map(({ id, name }) => (
            <li key={id}>
              <span className="clipped" title={name}>
                {name}
              </span>
              <IconButton
                label={compareText.removeReference.replace('{name}', name)}
                onClick={() => removeReference(id)}
              >
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      {arriving ? (
        <div className="compare-job">
          <ProgressBar label={`${compareText.reading} ${arriving.name}`} fraction={arriving.fraction} />
          <Button look="quiet" onClick={() => void app.comparison.cancelReference()}>
            {compareText.cancelReading}
          </Button>
        </div>
      ) : (
        <Button tip={compareText.importReferenceTip} onClick={() => pickerRef.current?.click()}>
          <FileDown aria-hidden="true" />
          {compareText.importReference}
        </Button>
      )}
      <input
        ref={pickerRef}
        hidden
        data-testid="pick-reference"
        type="file"
        aria-label={compareText.importReference}
        accept=".png,.json,.zip,.csv,image/png,application/json,application/zip"
        multiple
        onChange={read}
      />
    </>
  );
}
