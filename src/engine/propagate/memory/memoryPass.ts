/** One pass along the frames: each next frame drawn from what is remembered, then remembered itself. */
import type { Size } from '../../../core/geometry/box';
import { PastFrames } from '../../../core/memory/memoryBank';
import { isSameBox, type AnnotatedMemory } from './annotatedMemory';
import { colourLogits, learnColours, workPictureOf, type WorkPicture } from './colourCue';
import type { ColourModel } from './colourModel';
import type { Evidence } from './confidence';
import { fuseCues, type CueWeights } from './cueFusion';
import { learnCues, weighCues, type LearnedCues } from './cueTrust';
import { readMemory } from './memoryRead';
import { cellKeysOf, tokensOf, type MemoryTokens, type RememberedTokens } from './memoryTokens';
import { carriedTrust, carryLabels, greyOf, joinOpinions } from './motionCue';
import { opticalFlow } from '../../../core/motion/opticalFlow';
import type { MemoryOptions } from './options';
import { thinTokens } from './thinTokens';
import { cutIou, softIou } from './overlap';
import { drawBySam, type SamDrawing } from './samDrawing';
import { expectedCentres, labelPlacesOf, type LabelPlaces } from './tokenPlaces';
import { softmaxLabels, workSizeOf, type SoftLabels } from './softLabels';
import { trackingWindow, wholePicture } from './trackingWindow';
import type { Vision, WindowView } from './vision';
import { averageOverCells, ignoredCells, windowGridOf, type WindowGrid } from './windowGrid';

export type PassStep = {
  readonly frameIndex: number;
  /** Each label's logits against the background, float32[work pixels]. */
  readonly logits: readonly Float32Array<ArrayBuffer>[];
  readonly evidence: readonly Evidence[];
  /** How much of each label's drawing is each cue's. */
  readonly shares: readonly CueWeights[];
  readonly encodeMs: number;
  /** Decoder and memory read: times of `session.run` alone. */
  readonly decodeMs: number;
};

const RECENT_FRAMES = 6;
/** Loss of similarity per squared cell: a recent token is hardly found beyond some 12 cells, a past one beyond 27. */
const RECENT_LOCALITY = 0.001;
const PAST_LOCALITY = 0.0002;
/** The same for annotated frames, seen from their labels: it tells parts of a thing apart, however far it has moved. */
const ANNOTATED_LOCALITY = 0.0005;
const PAST_EVERY = 5;
const PAST_FRAMES = 8;
/** Powers of the two opinions on where a label is. Motion errs in ways that add up, and so counts less. */
const MEMORY_POWER = 1;
const MOTION_POWER = 0.25;
const OPINION_FLOOR = 0.01;
/** A drawing that overlaps the rough answer less is of something else. */
const LEAST_AGREEMENT = 0.5;
/** After this many frames in a row on which nothing agreed, the window may have lost its object. */
const POOR_FRAMES = 2;

/** While a label is nowhere, the whole picture is looked at on every so many frames: it may return far away. */
const GLANCE_EVERY = 3;

/** The last frame's labels along the motion, and the power of that opinion at each work pixel. */
type Carried = { readonly labels: SoftLabels; readonly power: Float32Array };
type Kept = { readonly recent: MemoryTokens; readonly past: MemoryTokens | null };
type Drawn = PassStep & {
  readonly labels: SoftLabels;
  readonly tokens: MemoryTokens;
  readonly ignored: Uint8Array | null;
  readonly picture: WorkPicture;
};

export class MemoryPass {
  readonly #vision: Vision;
  readonly #source: Size;
  readonly #work: Size;
  readonly #options: MemoryOptions;
  readonly #annotated: readonly AnnotatedMemory[];
  readonly #ignoredOn: (frameIndex: number) => Uint8Array | undefined;
  /** For each label. */
  readonly #learned: readonly LearnedCues[];
  readonly #colours: ColourModel | null;
  #recent: Kept[] = [];
  #past = new PastFrames<Kept>(PAST_EVERY, PAST_FRAMES);
  #last: { labels: SoftLabels; picture: WorkPicture } | null = null;
  #poorFrames = 0;
  /** Frames drawn since the start. */
  #steps = 0;

  /** `annotated` holds at least one frame. */
  constructor(
    vision: Vision,
    setup: {
      source: Size;
      annotated: readonly AnnotatedMemory[];
      options: MemoryOptions;
      /** The work pixels of a frame that nothing is learned from. */
      ignoredOn?: (frameIndex: number) => Uint8Array | undefined;
    },
  ) {
    this.#vision = vision;
    this.#source = setup.source;
    this.#work = workSizeOf(setup.source);
    this.#annotated = setup.annotated;
    this.#options = setup.options;
    this.#ignoredOn = setup.ignoredOn ?? (() => undefined);
    const labelCount = setup.annotated[0]!.labels.planes.length - 1;
    this.#learned = Array.from({ length: labelCount }, (_, label) =>
      learnCues(
        setup.annotated.flatMap(({ isTrue, tests }) => (isTrue[label] ? [tests[label]!] : [])),
        setup.options.useColour,
      ),
    );
    this.#colours = setup.options.useColour ? learnColours(setup.annotated) : null;
  }

  /** Goes on from a frame whose labels are known: as the user gave them, or as another pass left them. */
  async startFrom(frameIndex: number, labels: SoftLabels, signal: AbortSignal): Promise<void> {
    const known = this.#annotated.find((entry) => entry.frameIndex === frameIndex);
    const picture = known?.picture ?? workPictureOf(await this.#vision.picture(frameIndex), this.#work);
    const box = this.#windowOf(labels);
    const grid = windowGridOf(box);
    const keys = await this.#vision.look(frameIndex, box, signal, async (view) => view.keys);
    const tokens = tokensOf(cellKeysOf(keys, grid), averageOverCells(labels, grid, this.#source));
    this.#remember(tokens, grid, ignoredCells(labels, grid, this.#source));
    this.#last = { labels, picture };
    this.#poorFrames = 0;
  }

  async step(frameIndex: number, signal: AbortSignal): Promise<PassStep> {
    const { labels: before } = this.#last!;
    const whole = wholePicture(this.#source);
    const mayBeElsewhere = isSomeMissing(before) && this.#steps % GLANCE_EVERY === GLANCE_EVERY - 1;
    const box = this.#poorFrames < POOR_FRAMES && !mayBeElsewhere ? this.#windowOf(before) : whole;
    const picture = workPictureOf(await this.#vision.picture(frameIndex), this.#work);
    const carried = this.#carry(picture);
    const drawn = await this.#vision.look(frameIndex, box, signal, (view) =>
      this.#draw(frameIndex, view, picture, carried),
    );
    this.#remember(drawn.tokens, windowGridOf(box), drawn.ignored);
    this.#last = { labels: drawn.labels, picture };
    this.#steps += 1;
    const isPoor = drawn.evidence.every(({ memoryAgreement }) => memoryAgreement < LEAST_AGREEMENT);
    // A look at the whole picture that finds nothing either need not be repeated on every frame.
    this.#poorFrames = isPoor && isSameBox(box, whole) ? 0 : isPoor ? this.#poorFrames + 1 : 0;
    return drawn;
  }

  #windowOf(labels: SoftLabels) {
    return this.#options.useWindow ? trackingWindow(labels, this.#source) : wholePicture(this.#source);
  }

  #carry(picture: WorkPicture): Carried | null {
    const last = this.#last!;
    if (!this.#options.useMotion) {
      return null;
    }
    const flow = opticalFlow(greyOf(picture), greyOf(last.picture));
    const power = carriedTrust(picture, last.picture, flow).map((trust) => trust * MOTION_POWER);
    return { labels: carryLabels(last.labels, flow), power };
  }

  #remember(tokens: MemoryTokens, grid: WindowGrid, ignored: Uint8Array | null): void {
    const kept = { recent: thinTokens(tokens, grid, 2, ignored), past: null as MemoryTokens | null };
    this.#recent = [...this.#recent, kept].slice(this.#options.useLongMemory ? -RECENT_FRAMES : -1);
    if (this.#options.useLongMemory) {
      this.#past.add({ ...kept, past: thinTokens(tokens, grid, 3, ignored) });
    }
  }

  async #draw(
    frameIndex: number,
    view: WindowView,
    picture: WorkPicture,
    carried: Carried | null,
  ): Promise<Drawn> {
    const grid = windowGridOf(view.box);
    const cells = cellKeysOf(view.keys, grid);
    const sizes = { source: this.#source, work: this.#work };
    const places = labelPlacesOf(carried?.labels ?? this.#last!.labels, this.#source);
    const answer = await readMemory(view, cells, grid, this.#remembered(places), {
      ...sizes,
      channels: this.#learned.length + 1,
    });
    const rough = carried
      ? joinOpinions(answer.labels, MEMORY_POWER, carried.labels, carried.power, OPINION_FLOOR)
      : answer.labels;
    const colour = this.#colours ? colourLogits(picture, rough, this.#colours, 1) : null;
    const drawings: (SamDrawing | null)[] = [];
    let decodeMs = answer.runMs;
    for (let label = 0; label < this.#learned.length; label += 1) {
      const drawn = this.#options.useSam
        ? await drawBySam(view, grid, rough.planes[label + 1]!, sizes)
        : { drawing: null, decodeMs: 0 };
      drawings.push(drawn.drawing);
      decodeMs += drawn.decodeMs;
    }
    const weights = this.#learned.map(({ scores }, label) =>
      weighCues(scores, {
        sam: (drawings[label]?.agreement ?? 0) >= LEAST_AGREEMENT,
        colour: colour !== null,
      }),
    );
    const fusion = this.#learned.map(({ withSam, withoutSam }, label) =>
      weights[label]!.sam > 0 ? withSam : withoutSam,
    );
    const logits = fusion.map((learned, label) =>
      fuseCues(
        {
          rough: rough.planes[label + 1]!,
          sam: learned.hasSam ? drawings[label]!.logits : null,
          colour: colour?.[label] ?? null,
        },
        this.#work,
        learned,
      ),
    );
    const labels = softmaxLabels(this.#work, logits);
    const ignored = this.#ignoredOn(frameIndex);
    const known = ignored ? { ...labels, ignored } : labels;
    const planes = averageOverCells(known, grid, this.#source);
    const evidence = this.#evidence({
      grid,
      rough: answer.labels,
      carried: carried?.labels ?? null,
      colour,
      drawings,
      weights,
      logits,
      labels,
    });
    return {
      frameIndex,
      logits,
      evidence,
      shares: fusion.map(({ shares }) => shares),
      encodeMs: view.encodeMs,
      decodeMs,
      labels,
      tokens: tokensOf(cells, planes),
      ignored: ignoredCells(known, grid, this.#source),
      picture,
    };
  }

  /** `places` are where the labels are expected now. */
  #remembered(places: LabelPlaces): RememberedTokens[] {
    const recent = new Set(this.#recent.map(({ recent: tokens }) => tokens));
    return [
      ...this.#annotated.flatMap((entry) =>
        entry.tokens.map((tokens) => ({
          tokens,
          locality: ANNOTATED_LOCALITY,
          expected: expectedCentres(tokens, entry.places, places),
        })),
      ),
      ...this.#past.items
        .filter(({ recent: tokens }) => !recent.has(tokens))
        .map(({ past }) => ({ tokens: past!, locality: PAST_LOCALITY })),
      ...this.#recent.map(({ recent: tokens }) => ({ tokens, locality: RECENT_LOCALITY })),
    ];
  }

  #evidence(drawn: {
    grid: WindowGrid;
    rough: SoftLabels;
    carried: SoftLabels | null;
    colour: readonly Float32Array[] | null;
    drawings: readonly (SamDrawing | null)[];
    weights: readonly CueWeights[];
    logits: readonly Float32Array[];
    labels: SoftLabels;
  }): Evidence[] {
    const final = averageOverCells(drawn.labels, drawn.grid, this.#source);
    const memory = averageOverCells(drawn.rough, drawn.grid, this.#source);
    const before = this.#last!.labels;
    return drawn.logits.map((plane, label) => {
      const drawing = drawn.drawings[label] ?? null;
      const soft = drawn.labels.planes[label + 1]!;
      const areas = [sumOf(soft), sumOf(before.planes[label + 1]!)] as const;
      const weights = drawn.weights[label]!;
      const { scores } = this.#learned[label]!;
      return {
        memoryAgreement: softIou(final[label + 1]!, memory[label + 1]!),
        samAgreement: drawing?.agreement ?? null,
        samUnity: drawing?.unity ?? null,
        predictedIou: drawing?.predictedIou ?? null,
        colourAgreement: drawn.colour ? cutIou(drawn.colour[label]!, 0, plane, 0) : null,
        motionAgreement: drawn.carried ? softIou(drawn.carried.planes[label + 1]!, soft) : null,
        areaRatio: Math.min(...areas) / Math.max(1, ...areas),
        certainty: certaintyOf(soft),
        testScore: weights.colour > weights.sam + weights.memory ? scores.colour : scores.sam,
        samShare: weights.sam + weights.memory,
        distance: this.#steps + 1,
      };
    });
  }
}

function isSomeMissing({ planes }: SoftLabels): boolean {
  return planes.slice(1).some((plane) => !plane.some((value) => value > 0.5));
}

function sumOf(plane: Float32Array): number {
  let sum = 0;
  for (const value of plane) {
    sum += value;
  }
  return sum;
}

/** Mean of p over pixels that are rather in than out; 0 when there are none. */
function certaintyOf(plane: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (const value of plane) {
    if (value > 0.5) {
      sum += value;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}
