/** Makes the contact sheet of a study, shows it and saves it. */
import { useEffect, useState } from 'react';
import { toUserMessage } from '../../core/base/errors';
import type { Size } from '../../core/geometry/box';
import { counted } from '../../core/base/numberText';
import { DOTS_PER_INCH, printSizeMm } from '../../core/study/printSize';
import { spreadFrames, type StudyResult } from '../../core/study/studyResult';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { filled } from '../text/projectText';
import { studyText } from '../text/studyText';
import { parseFrames } from './parseFrames';
import { download } from '../../app/exportMasks';
import { stemOf } from './stemOf';

const SHOWN_FRAMES = 4;

export function SheetSection({ result }: { readonly result: StudyResult }) {
  const app = useApp();
  const footageName = useMaskflow((state) => state.footage?.name ?? '');
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const showError = useMaskflow((state) => state.showError);
  const all = [...result.givenFrames, ...result.frames].toSorted((a, b) => a - b);
  const [text, setText] = useState(() => spreadFrames(all, SHOWN_FRAMES).join(', '));
  const [isPainting, setPainting] = useState(false);
  const reference = useMaskflow((state) => state.studyReference);
  const scores = useMaskflow((state) => state.studyScores);
  const isScoring = reference !== null && scores === null;
  const [sheet, setSheet] = useState<{ readonly url: string; readonly of: unknown } | null>(null);
  useEffect(() => () => (sheet ? URL.revokeObjectURL(sheet.url) : undefined), [sheet]);
  // A sheet made against another reference, or of other results, is not shown beside these.
  const picture = sheet !== null && sheet.of === (scores ?? result) ? sheet.url : null;
  const [size, setSize] = useState<Size | null>(null);
  const { frames, problem } = parseFrames(text, all);

  async function save(): Promise<void> {
    setPainting(true);
    try {
      const blob = await app.study.contactSheet(frames);
      setSheet({ url: URL.createObjectURL(blob), of: scores ?? result });
      setStudyData({ isStudyKept: true });
      download(blob, `${stemOf(footageName)}-methods.png`);
    } catch (error) {
      showError(toUserMessage(error));
    } finally {
      setPainting(false);
    }
  }

  return (
    <section className="study-sheet" aria-label={studyText.sheet}>
      <div className="study-bar">
        <label className="study-reference">
          {studyText.sheetFrames}
          <input
            className="field"
            value={text}
            aria-invalid={problem !== null}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button
          disabledReason={
            problem ?? (isPainting ? studyText.makingSheet : isScoring ? studyText.scoring : null)
          }
          onClick={() => void save()}
        >
          {studyText.saveSheet}
        </Button>
        <output className="muted">{isPainting ? studyText.makingSheet : (problem ?? '')}</output>
      </div>
      {picture ? (
        <figure className="study-picture">
          <img
            src={picture}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSize(printSizeMm({ width, height }))
            }
            alt={filled(studyText.sheetAlt, {
              frames: counted(frames.length, 'frame'),
              methods: counted(result.methods.length, 'method'),
            })}
          />
          <figcaption className="muted">
            {size
              ? filled(studyText.sheetPrint, {
                  width: String(size.width),
                  height: String(size.height),
                  dots: String(DOTS_PER_INCH),
                })
              : ' '}
          </figcaption>
        </figure>
      ) : null}
    </section>
  );
}
