/** What a study is to run: methods, and the frames they are given. */
import { videoModels } from '../../core/models/shelf';
import { availableMethods, methodId, methodName, methodNote } from '../../core/study/methods';
import { givenFrames } from '../../core/study/studyTracks';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { propagateText } from '../text';
import { filled } from '../text/projectText';
import { provenanceText, studyText } from '../text/studyText';
import { AbsentModels } from './AbsentModels';
import { StudyProgress } from './StudyProgress';

export function StudySetup() {
  const app = useApp();
  const tracks = useMaskflow((state) => state.tracks);
  const labels = useMaskflow((state) => state.labels);
  const range = useMaskflow((state) => state.range);
  const hasSharedPoints = useMaskflow((state) => state.prompts.some(({ kind }) => kind === 'sharedPoint'));
  const isReady = useMaskflow((state) => state.engine.kind === 'ready');
  const isBusy = useMaskflow((state) => state.propagation !== null || state.replayJob !== null);
  const job = useMaskflow((state) => state.studyJob);
  const hasResults = useMaskflow((state) => (state.studyResult?.methods.length ?? 0) > 0);
  const chosen = useMaskflow((state) => state.studyChoice);
  const start = useMaskflow((state) => state.studyStart);
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const hasPropagated = [...tracks.values()].some(({ propagated }) => propagated.size > 0);
  const hydrated = useMaskflow((state) => state.hydratedModels);
  const readyModels = videoModels.filter((id) => hydrated[id]);
  const methods = availableMethods({ hasSharedPoints, hasPropagated, readyModels });
  const wanted = methods.filter((method) => chosen.includes(methodId(method)));
  const first = givenFrames(tracks, labels, range, 'first')[0];
  const all = givenFrames(tracks, labels, range, 'all');
  const blocker = !isReady
    ? propagateText.engineNotReady
    : first === undefined
      ? studyText.noneAnnotated
      : wanted.length === 0
        ? studyText.noneChosen
        : isBusy
          ? provenanceText.busy
          : null;
  function toggle(id: string): void {
    const studyChoice = chosen.includes(id) ? chosen.filter((entry) => entry !== id) : [...chosen, id];
    setStudyData({ studyChoice });
  }
  return (
    <section className="study-setup" aria-label={studyText.methods}>
      <fieldset className="study-group" disabled={job !== null}>
        <legend>{studyText.methods}</legend>
        {methods.map((method) => {
          const id = methodId(method);
          return (
            <label key={id} className="study-choice">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
              <span>
                {methodName(method)}
                <span className="menu-item-note">{methodNote(method)}</span>
              </span>
            </label>
          );
        })}
        <AbsentModels />
      </fieldset>
      {first === undefined ? null : (
        <fieldset className="study-group" disabled={job !== null}>
          <legend>{studyText.start}</legend>
          <label className="study-choice">
            <input
              type="radio"
              name="study-start"
              checked={start === 'first' || all.length === 1}
              onChange={() => setStudyData({ studyStart: 'first' })}
            />
            <span>
              {filled(studyText.startFirst, { frame: String(first) })}
              <span className="menu-item-note">{studyText.startFirstNote}</span>
            </span>
          </label>
          {all.length > 1 ? (
            <label className="study-choice">
              <input
                type="radio"
                name="study-start"
                checked={start === 'all'}
                onChange={() => setStudyData({ studyStart: 'all' })}
              />
              <span>{filled(studyText.startAll, { count: String(all.length) })}</span>
            </label>
          ) : null}
        </fieldset>
      )}
      <div className="study-foot">
        {blocker && !job ? <p className="study-note muted">{blocker}</p> : null}
        {job ? (
          <StudyProgress job={job} />
        ) : (
          <Button
            look="primary"
            disabledReason={blocker}
            onClick={() => void app.study.startStudy({ methods: wanted, start })}
          >
            {hasResults ? studyText.runAgain : studyText.run}
          </Button>
        )}
      </div>
    </section>
  );
}
