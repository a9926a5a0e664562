/** What the self-test of a model found, and the button that runs it. */
import { tookText } from '../../core/base/numberText';
import { canPropagate, type ModelId } from '../../core/models/shelf';
import type { ModelTestState } from '../../state/slices/modelsState';
import { isLongTest } from '../../core/models/modelTest';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { dateText, providerWords } from './modelWords';

type TestFactsProps = { id: ModelId };

function runningWords({ isStopping }: Extract<ModelTestState, { kind: 'running' }>, isLong: boolean): string {
  return isStopping ? modelsText.stopping : isLong ? modelsText.testingLong : modelsText.testing;
}

export function TestFacts({ id }: TestFactsProps) {
  const app = useApp();
  const state = useMaskflow(({ modelTests }) => modelTests[id]);
  const isBusy = useMaskflow(
    ({ propagation, studyJob, replayJob, engine }) =>
      propagation !== null || studyJob !== null || replayJob !== null || engine.kind !== 'ready',
  );
  const isRunning = state?.kind === 'running';
  const isLong = useMaskflow(
    ({ engine, hydratedModels }) =>
      engine.kind === 'ready' && isLongTest(hydratedModels[id]?.storedBytes ?? 0, engine.info.provider),
  );
  const measured = state?.kind === 'done' ? state.measured : null;
  const test = measured?.test ?? null;
  const blocker = isBusy ? modelsText.busy : null;
  return (
    <>
      <dt>{modelsText.speed}</dt>
      <dd className="model-speed">
        <output>
          {test
            ? filled(modelsText.speedWords, {
                time: tookText(test.encoderMs),
                side: String(test.pictureSidePx),
                provider: measured?.adapter
                  ? `${providerWords(test.provider)}, ${measured.adapter}`
                  : providerWords(test.provider),
              })
            : isRunning
              ? runningWords(state, isLong)
              : state?.kind === 'failed'
                ? `${state.message.what} ${state.message.todo}`
                : modelsText.untested}
        </output>
        {measured ? (
          <span className="muted">
            {filled(modelsText.measuredOn, { date: dateText(measured.measuredAtMs) })}
          </span>
        ) : null}
        {measured && canPropagate(id) ? (
          <span className="muted">{id === 'xmem' ? modelsText.speedNoteXmem : modelsText.speedNote}</span>
        ) : null}
        {isLong && !isRunning ? <span className="muted">{modelsText.testLong}</span> : null}
        {isRunning ? (
          <Button
            disabledReason={state.isStopping ? modelsText.stopping : null}
            onClick={() => app.models.stopTest(id)}
          >
            {modelsText.stop}
          </Button>
        ) : (
          <Button tip={modelsText.testTip} disabledReason={blocker} onClick={() => void app.models.test(id)}>
            {test ? modelsText.testAgain : modelsText.test}
          </Button>
        )}
      </dd>
      {test ? (
        <>
          <dt>{modelsText.verdict}</dt>
          <dd
            className={test.verdict === 'notFinite' || test.verdict === 'otherThanOfficial' ? 'is-bad' : ''}
          >
            {modelsText.verdicts[test.verdict]}
          </dd>
        </>
      ) : null}
    </>
  );
}
