/** What is made of the log: the methods paragraph, provenance.json, replaying. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PromptId } from '../base/ids';
import {
  one,
  two,
  upper,
  floor,
  mask,
  track,
  tracksOf,
  painted,
  run,
  box,
  promptsOn,
  edit,
  logOf,
  environment,
  input,
} from './__fixtures__/logs';
import { entriesInForce } from './log';
import { methodsFacts } from './methodsFacts';
import { methodsParagraph } from './methodsParagraph';
import { provenanceDocument, provenanceJson } from './provenanceJson';
import { rleIou, replayReport } from './replayReport';
import { applied, maskLibrary, replayStart } from './replayState';

describe('The methods paragraph', () => {
  it('speaks of one and of many', () => {
    const single = input({
      prompts: [box],
      tracks: tracksOf(track(one, { 0: mask(3) }, { 1: mask(3) })),
      log: logOf([promptsOn(0)], [run(1, 1, 1)]),
      head: 2,
      footage: { name: 'clip.mp4', width: 4, height: 4, frameCount: 2, frameRate: null },
    });
    expect(methodsParagraph(methodsFacts(single))).toBe(
      'Masks were made with Maskflow 0.1.0 (commit abc1234) in the clip clip.mp4 (2 frames of 4 x 4 pixels). ' +
        '1 object was labelled (upper dye). Masks lie on all frames, 0 to 1. ' +
        '1 frame was annotated: 1 mask on 1 frame drawn by SAM from prompts placed by hand (1 box). ' +
        "1 mask on 1 frame was propagated by Maskflow's propagation (space-time memory, colour, motion and SAM together). " +
        'No propagated frame was corrected by hand. Masks were cut at a probability of 0.5. ' +
        'The model was MobileSAM (encoder.onnx, SHA-256 aa; decoder.onnx, SHA-256 bb), run in the browser by ONNX Runtime Web on WebAssembly with 1 thread.',
    );
    const many = input({
      labels: [upper, floor],
      prompts: [box, { ...box, id: 'b' as PromptId, objectId: two }],
      tracks: tracksOf(
        track(one, { 0: mask(3), 2: painted }, { 1: mask(3), 2: mask(3), 3: mask(3) }),
        track(two, { 0: mask(2) }, { 1: mask(2) }),
      ),
      log: logOf([promptsOn(0)], [run(1, 1, 3, { objectIds: [one, two] })], [edit(2, painted)]),
      head: 3,
      environment: { ...environment, provider: 'webgpu', adapter: 'Apple M3', appCommit: null },
    });
    const text = methodsParagraph(methodsFacts(many));
    expect(text).toContain('Maskflow 0.1.0 in the clip');
    expect(text).toContain('10 frames of 4 x 4 pixels, 25 frames per second');
    expect(text).toContain(
      '1 further label (floor) competed for pixels and was left out of the result and of the counts of masks.',
    );
    expect(text).toContain(
      '2 frames were annotated: 1 mask on 1 frame drawn by SAM from prompts placed by hand (2 boxes) and 1 mask on 1 frame painted by hand in 1 editing step.',
    );
    expect(text).toContain(' Masks lie on frames 0 to 3; the frames of the clip are 0 to 9. ');
    expect(text).toContain('2 masks on 2 frames were propagated by');
    expect(text).toContain('1 frame was corrected by hand (1 mask).');
    expect(text).toContain('on WebGPU (Apple M3).');
  });

  it('names each model once, by its weights, and those that drew from prompts', () => {
    const xmem = {
      id: 'xmem',
      variant: 'fp32',
      checkpointName: 'XMem.pth',
      checkpointSha256: 'cd',
      graphs: [{ name: 'key.onnx', sha256: 'ef' }],
      isOfficial: true,
    } as const;
    const method = {
      kind: 'propagate',
      engine: 'xmem',
      direction: 'forward',
      extent: 'wholeRange',
      fromFrame: 0,
      shortSidePx: 240,
    } as const;
    const drawn = run(1, 1, 3, { model: xmem, method });
    const { entries, ...rest } = logOf([promptsOn(0)], [drawn]);
    const log = {
      ...rest,
      entries: entries.map((entry, place) => ({ ...entry, environment: place })),
      environments: [environment, { ...environment, modelName: 'XMem', modelFiles: [], model: xmem }],
    };
    const tracks = tracksOf(track(one, { 0: mask(3) }, { 1: mask(3), 2: mask(3), 3: mask(3) }));
    const text = methodsParagraph(methodsFacts(input({ log, head: 2, tracks })));
    expect(text).toContain('1 mask on 1 frame drawn by MobileSAM from prompts placed by hand');
    expect(text).toContain(
      'Models were MobileSAM (encoder.onnx, SHA-256 aa; decoder.onnx, SHA-256 bb) and XMem (fp32 weights of XMem.pth, the official file, SHA-256 cd), run in the browser by ONNX Runtime Web on WebAssembly with 1 thread. ' +
        'XMem ran on frames with a shorter side of at most 240 px.',
    );
    const [first, second] = log.environments;
    const elsewhere = { ...log, environments: [first!, { ...second!, provider: 'webgpu' as const }] };
    expect(methodsParagraph(methodsFacts(input({ log: elsewhere, head: 2, tracks })))).toContain(
      'on WebAssembly with 1 thread. At other times it was XMem (fp32 weights of XMem.pth, the official file, SHA-256 cd), run in the browser by ONNX Runtime Web on WebGPU.',
    );
  });

  it('names the model that drew a frame’s prompts last, which drew all of them', () => {
    const { entries, ...rest } = logOf([promptsOn(0)], [promptsOn(0)], [promptsOn(4)]);
    const log = {
      ...rest,
      entries: entries.map((entry, place) => ({ ...entry, environment: place })),
      environments: ['MobileSAM', 'SAM ViT-B', 'SAM ViT-H'].map((modelName) => ({
        ...environment,
        modelName,
      })),
    };
    const tracks = tracksOf(track(one, { 0: mask(3) }));
    const text = methodsParagraph(methodsFacts(input({ log, head: 3, tracks })));
    expect(text).toContain('1 mask on 1 frame drawn by SAM ViT-B from prompts placed by hand');
  });

  it('tells by what masks were propagated before SAM redrew them', () => {
    const method = { kind: 'refine', prompt: 'boxAndMask' } as const;
    const given = input({
      tracks: tracksOf(track(one, { 0: mask(3) }, { 1: mask(3), 2: mask(3), 3: mask(3) })),
      log: logOf([promptsOn(0)], [run(1, 1, 3)], [run(2, 2, 3, { method })]),
      head: 3,
    });
    const text = methodsParagraph(methodsFacts(given));
    expect(text).toContain("1 mask on 1 frame was propagated by Maskflow's propagation");
    expect(text).toContain("2 masks on 2 frames were propagated by Maskflow's propagation");
    expect(text).toContain(
      'together) and then redrawn by SAM from the bounding box of that mask and the mask itself.',
    );
  });

  it.each([
    [[4], 'frame 4'],
    [[2, 3, 4], 'frames 2 to 4'],
    [[2, 8, 4], '3 frames between 2 and 8'],
  ])('says that masks lie on %j', (frames, words) => {
    const masks = Object.fromEntries(frames.map((frame) => [frame, mask(3)]));
    const text = methodsParagraph(methodsFacts(input({ tracks: tracksOf(track(one, masks)) })));
    expect(text).toContain(` Masks lie on ${words}; the frames of the clip are 0 to 9. `);
  });

  it('counts exactly the annotated and propagated frames of any tracks', () => {
    const frames = fc.uniqueArray(fc.nat(9));
    fc.assert(
      fc.property(frames, frames, (prompted, propagated) => {
        const of = (list: readonly number[]) => Object.fromEntries(list.map((frame) => [frame, mask(3)]));
        const facts = methodsFacts(input({ tracks: tracksOf(track(one, of(prompted), of(propagated))) }));
        const guessed = propagated.filter((frame) => !prompted.includes(frame)).length;
        expect(facts.handFrames).toBe(prompted.length);
        expect(facts.engines.reduce((sum, { masks }) => sum + masks, 0)).toBe(guessed);
      }),
    );
  });
});

describe('provenance.json', () => {
  it('is JSON with every step, marked where taken back, and every mask', () => {
    const log = logOf([promptsOn(0)], [run(1, 1, 1)], { parent: 1, actions: [run(1, 1, 2)] });
    const given = input({ log, head: 3, tracks: tracksOf(track(one, { 0: mask(3) }, { 1: mask(3) })) });
    const parsed = JSON.parse(provenanceJson(given)) as {
      steps: { id: number; isTakenBack: boolean }[];
      masks: { step: number; frameIndex: number; areaPx: number }[];
    };
    expect(parsed).toEqual(JSON.parse(JSON.stringify(provenanceDocument(given))));
    expect(parsed.steps.map(({ id, isTakenBack }) => [id, isTakenBack])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(parsed.masks).toMatchObject([
      { frameIndex: 0, step: 1, areaPx: 3 },
      { frameIndex: 1, step: 3, areaPx: 3 },
    ]);
  });
});

describe('Replaying', () => {
  it('takes masks made by hand as they are, and says when they are no more', () => {
    const kept = tracksOf(track(one, { 2: painted }));
    const library = maskLibrary(kept, [], []);
    const known = applied(replayStart(10), edit(2, painted), library);
    expect(known.tracks.get(one)?.prompted.get(2)).toBe(painted);
    expect(known.replacedMasks).toBe(0);
    const gone = applied(replayStart(10), edit(2, mask(7, { edit: 'painted' })), library);
    expect(gone.tracks.get(one)?.prompted.get(2)).toBe(painted);
    expect(gone.replacedMasks).toBe(1);
  });

  it('marks the frames whose prompts changed, with the labels that they belong to', () => {
    const library = maskLibrary(new Map(), [], []);
    const prompted = applied(replayStart(10), promptsOn(4), library);
    expect([...prompted.stale]).toEqual([[4, new Set([one])]]);
    expect(prompted.prompts).toMatchObject([{ kind: 'box', frameIndex: 4, box: [0, 0, 2, 2] }]);
  });

  it('takes what a study drew from the version that keeps it, and compares nothing of it', () => {
    const drawn = tracksOf(track(one, {}, { 1: mask(5), 2: mask(6) }));
    const name = 'Study: Memory';
    const stretch = { fromFrame: 1, toFrame: 2, objectIds: [one] };
    const version = { kind: 'study', name, id: 4, createdAtRun: 1, tracks: drawn, ...stretch } as const;
    const taken = { kind: 'studyResult', run: 2, version: 4, name, ...stretch } as const;
    const kept = tracksOf(track(one, { 0: mask(3) }, { 1: mask(5), 2: mask(7) }));
    const start = { ...replayStart(10), labels: [upper] };
    const areas = (library: ReturnType<typeof maskLibrary>): (number | undefined)[] =>
      [1, 2].map((frame) => applied(start, taken, library).tracks.get(one)?.propagated.get(frame)?.areaPx);
    expect(areas(maskLibrary(kept, [version], []))).toEqual([5, 6]);
    expect(areas(maskLibrary(kept, [], []))).toEqual([5, 7]);
    const log = logOf([promptsOn(0)], [taken]);
    const notes = { replacedMasks: 0, droppedEntries: 0, otherPictures: 0 };
    const report = replayReport(entriesInForce(log, 2), [upper], { kept, replayed: kept }, notes);
    expect(report).toMatchObject({ givenMasks: 2, comparedMasks: 1 });
    expect(methodsParagraph(methodsFacts(input({ tracks: kept, log, head: 2 })))).toContain(
      '2 masks on 2 frames were taken from a comparison of methods, as drawn there by “Memory”.',
    );
  });

  it('compares what was drawn, by step and label, and leaves the rest', () => {
    const kept = tracksOf(track(one, { 0: mask(4), 2: painted }, { 1: mask(8) }));
    const replayed = tracksOf(track(one, { 0: mask(4) }, { 1: mask(6) }));
    const log = logOf([promptsOn(0)], [run(1, 1, 1)], [edit(2, painted)]);
    const report = replayReport(
      entriesInForce(log, 3),
      [upper],
      { kept, replayed },
      { replacedMasks: 0, droppedEntries: 0, otherPictures: 0 },
    );
    expect(report.rows.map(({ step, meanIou }) => [step, meanIou])).toEqual([
      ['Step 1', 1],
      ['Step 2', 0.75],
    ]);
    expect(report).toMatchObject({ givenMasks: 1, comparedMasks: 2, meanIou: 0.875, minIou: 0.75 });
    expect(rleIou(null, mask(0).rle)).toBe(1);
    expect(rleIou(null, mask(1).rle)).toBe(0);
  });
});
