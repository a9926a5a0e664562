/** Studies, replays and the texts about them, over one store and its workers. */
import { isCancelled, toUserMessage, UserFacingError } from '../../core/base/errors';
import { counted, scoreText, tookText } from '../../core/base/numberText';
import { frameToScore, type FrameScores } from '../../core/compare/comparisonFrames';
import { labelPairs } from '../../core/compare/labelPairs';
import type { MaskSet } from '../../core/compare/maskSet';
import { methodsFacts } from '../../core/provenance/methodsFacts';
import { methodsParagraph } from '../../core/provenance/methodsParagraph';
import { provenanceJson } from '../../core/provenance/provenanceJson';
import { studyRows, type MethodResult, type MethodScores, type StudyRow } from '../../core/study/studyResult';
import { withVersion } from '../../core/track/maskVersions';
import type { MaskflowStore } from '../../state/store';
import { mustWaitForWeights } from '../models/engineInUse';
import { appVersion } from '../provenance/appVersion';
import { methodsInput } from '../provenance/methodsInput';
import type { ProvenanceRecorder } from '../provenance/recorder';
import { replayLog } from '../provenance/replay';
import type { CompareScorer, FootageService, SegmentService } from '../services';
import { MethodStudy, referenceSets } from './methodStudy';
import type { StudyApp } from './studyApp';

/** Frames that are scored in one message. */
const BATCH_FRAMES = 8;

export type StudyServices = {
  readonly segment: SegmentService;
  readonly footage: Pick<FootageService, 'getBitmap'>;
  readonly comparer: CompareScorer;
};

export class StudyUseCases implements StudyApp {
  readonly #store: MaskflowStore;
  readonly #services: StudyServices;
  readonly #recorder: ProvenanceRecorder;
  readonly #settled: () => Promise<void>;
  readonly #study: MethodStudy;
  #replay: AbortController | null = null;
  #scoring: AbortController | null = null;

  /** `settled` resolves when all prompted masks are up to date. */
  constructor(
    store: MaskflowStore,
    services: StudyServices,
    recorder: ProvenanceRecorder,
    settled: () => Promise<void>,
  ) {
    this.#store = store;
    this.#services = services;
    this.#recorder = recorder;
    this.#settled = settled;
    this.#study = new MethodStudy(store, services.segment, settled);
    store.subscribe((state, previous) => {
      if (state.footage?.footageId !== previous.footage?.footageId) {
        this.#replay?.abort();
        this.#scoring?.abort();
      }
    });
  }

  readonly isBusy: StudyApp['isBusy'] = () => this.#study.isRunning || this.#replay !== null;

  readonly startStudy: StudyApp['startStudy'] = async (order) => {
    if (this.isBusy() || this.#store.getState().propagation !== null || mustWaitForWeights(this.#store)) {
      return;
    }
    await this.#settled();
    await this.#study.start(order);
    const { studyResult, studyReference } = this.#store.getState();
    if (studyResult && studyResult.methods.length > 0) {
      await this.scoreStudy(studyReference ?? this.#likelyReference());
    }
  };

  readonly stopStudy: StudyApp['stopStudy'] = () => this.#study.stop();

  readonly scoreStudy: StudyApp['scoreStudy'] = async (studyReference) => {
    this.#scoring?.abort();
    const controller = new AbortController();
    this.#scoring = controller;
    const state = this.#store.getState();
    const { studyResult, setStudyData, showError } = state;
    const reference = referenceSets(state).find(({ key }) => key === studyReference) ?? null;
    setStudyData({ studyReference: reference?.key ?? null, studyScores: null });
    if (!reference || !studyResult) {
      return;
    }
    try {
      const studyScores: MethodScores[] = [];
      for (const { id, set } of studyResult.methods) {
        const scores = await this.#scores(set, reference, studyResult.frames, controller.signal);
        studyScores.push({ id, scores });
      }
      if (!controller.signal.aborted) {
        setStudyData({ studyScores });
      }
    } catch (error) {
      if (!isCancelled(error)) {
        showError(toUserMessage(error));
      }
    }
  };

  readonly keepStudyResult: StudyApp['keepStudyResult'] = async (id) => {
    const state = this.#store.getState();
    const result = state.studyResult?.methods.find((method) => method.id === id);
    if (result) {
      const stretch = { fromFrame: result.frames[0] ?? 0, toFrame: result.frames.at(-1) ?? 0 };
      const { tracks, labels } = result.set;
      const note = { kind: 'study', name: `Study: ${result.name}`, ...stretch } as const;
      const versions = withVersion(state.versions, note, { tracks, labels, run: state.propagationRuns });
      const objectIds = labels.map(({ objectId }) => objectId);
      this.#store.setState({
        versions,
        lastEdit: { name: `Keep study result ${result.name}`, objectIds, ...stretch },
      });
      state.setStudyData({ isStudyKept: true });
      state.showNotice(`Kept “${result.name}” among the versions of the masks.`);
    }
  };

  readonly contactSheet: StudyApp['contactSheet'] = async (frames) => {
    const state = this.#store.getState();
    const { footage, studyResult, labels, prompts, studyScores, studyReference } = state;
    if (!footage || !studyResult || studyResult.methods.length === 0) {
      throw nothingToShow();
    }
    const { paintContactSheet } = await import('./contactSheet');
    const reference = referenceSets(state).find(({ key }) => key === studyReference) ?? null;
    const rows = studyRows(studyResult, studyScores ?? []);
    const given = studyResult.givenFrames;
    return paintContactSheet({
      footage,
      labels,
      prompts,
      frames,
      rows: [
        { name: 'Frames', note: 'with the prompts', set: null },
        ...(reference ? [{ name: 'Reference', note: reference.name, set: reference }] : []),
        ...studyResult.methods.map((method) => ({
          name: method.name,
          note: rowNote(method, rows),
          set: method.set,
        })),
      ],
      title: `Comparison of methods: ${footage.name}`,
      subtitle: [
        `${counted(studyResult.frames.length, 'frame')} drawn`,
        `given: frame${given.length === 1 ? '' : 's'} ${given.join(', ')}`,
        ...(reference ? [`scores against the reference, ${reference.name}`] : []),
        `Maskflow ${appVersion}`,
      ].join(' · '),
      getBitmap: (frame) => this.#services.footage.getBitmap(footage.footageId, frame),
    });
  };

  readonly replayLog: StudyApp['replayLog'] = async () => {
    if (this.isBusy() || this.#store.getState().propagation !== null || mustWaitForWeights(this.#store)) {
      return;
    }
    const controller = new AbortController();
    this.#replay = controller;
    const { setStudyData, showError } = this.#store.getState();
    setStudyData({
      replayReport: null,
      replayJob: { step: 'Reading the log', done: 0, total: 1, secondsLeft: null },
    });
    try {
      await this.#settled();
      this.#recorder.flush();
      const replayReport = await replayLog(this.#store.getState(), this.#services.segment, {
        signal: controller.signal,
        onProgress: (replayJob) => setStudyData({ replayJob }),
      });
      if (!controller.signal.aborted) {
        setStudyData({ replayReport });
      }
    } catch (error) {
      if (!isCancelled(error)) {
        showError(toUserMessage(error));
      }
    } finally {
      this.#replay = null;
      setStudyData({ replayJob: null });
    }
  };

  readonly stopReplay: StudyApp['stopReplay'] = () => this.#replay?.abort();

  readonly methodsText: StudyApp['methodsText'] = async () => {
    const input = this.#input();
    return input ? methodsParagraph(methodsFacts(input)) : '';
  };

  readonly provenanceText: StudyApp['provenanceText'] = async () => {
    const input = this.#input();
    return input ? provenanceJson(input) : '';
  };

  #input() {
    this.#recorder.flush();
    return methodsInput(this.#store.getState());
  }

  /** Imported truth if there is any, else the present masks where they say more than what was given. */
  #likelyReference(): string | null {
    const state = this.#store.getState();
    const sets = referenceSets(state);
    const imported = sets.find(({ kind }) => kind === 'reference');
    const frames = new Set(state.studyResult?.frames);
    const hasPresent = [...state.tracks.values()].some(({ prompted, propagated }) =>
      [...prompted.keys(), ...propagated.keys()].some((frame) => frames.has(frame)),
    );
    const present = hasPresent ? sets.find(({ kind }) => kind === 'present') : undefined;
    return (imported ?? present)?.key ?? null;
  }

  async #scores(
    set: MaskSet,
    reference: MaskSet,
    frames: readonly number[],
    signal: AbortSignal,
  ): Promise<FrameScores[]> {
    const pairs = labelPairs(set, reference);
    const wanted = frames.flatMap((frame) => frameToScore(set, reference, pairs, frame) ?? []);
    const scores: FrameScores[] = [];
    for (let start = 0; start < wanted.length; start += BATCH_FRAMES) {
      const batch = wanted.slice(start, start + BATCH_FRAMES);
      scores.push(...(await this.#services.comparer.score(batch, { signal })));
    }
    return scores;
  }
}

function rowNote({ id, msPerFrame }: MethodResult, rows: readonly StudyRow[]): string {
  const row = rows.find((candidate) => candidate.id === id);
  const scores =
    row?.j === null || row?.j === undefined
      ? []
      : [`J&F ${scoreText(row.jAndF)}`, `J ${scoreText(row.j)}, F ${scoreText(row.f)}`];
  return [...scores, ...(msPerFrame === null ? [] : [`${tookText(msPerFrame)} per frame`])].join('\n');
}

function nothingToShow(): UserFacingError {
  return new UserFacingError({
    code: 'export-nothing',
    what: 'There is no finished method to put on a contact sheet.',
    safe: 'Your prompts and masks are as they were.',
    todo: 'Run the study first.',
  });
}
