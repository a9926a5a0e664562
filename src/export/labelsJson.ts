/** labels.json: what the numbers in the exported label maps mean. README.md beside this file has the format. */
import { isWideNumber } from '../core/export/exportNumbers';
import type { ExportLabel, ExportRequest } from '../core/export/maskSequence';
import { paletteColour } from './davisPalette';
import { labelFolder } from './exportContext';

export const LABELS_JSON_VERSION = 1;

export type LabelsJson = {
  readonly format: 'maskflow-labels';
  readonly version: typeof LABELS_JSON_VERSION;
  readonly footage: { readonly name: string; readonly width: number; readonly height: number };
  /** 0-based frame indices in the footage, both included. */
  readonly range: { readonly firstFrame: number; readonly lastFrame: number; readonly frameCount: number };
  readonly background: 0;
  /** Where the label maps lie; left out where they lie beside this file, or are not part of the export. */
  readonly labelMaps?: string;
  readonly labels: readonly (ExportLabel & {
    readonly paletteColour: string | null;
    /** Left out where no soft masks are written. */
    readonly soft?: SoftNote;
  })[];
};

type SoftNote = {
  readonly folder: string;
  /** Frames whose pictures hold the mask as 0 and 255, since its probabilities are not known. */
  readonly binaryFrames: readonly number[];
};

/** Probabilities may be there for the edges of cut-outs alone: then no folder holds them. */
function softNotes({ labels, formats, softSequences }: ExportRequest): Map<number | null, SoftNote> {
  const isWritten = formats?.some(({ id }) => id === 'soft') ?? true;
  return new Map(
    (isWritten ? (softSequences ?? []) : []).map(({ number, binaryFrames }) => {
      const name = labels.find((label) => label.number === number)?.name ?? '';
      return [number, { folder: `soft/${labelFolder({ number, name })}`, binaryFrames }];
    }),
  );
}

/** The content of labels.json; `request` has at least one frame. */
export function labelsJson(request: ExportRequest): LabelsJson {
  const soft = softNotes(request);
  const indices = request.frames.map((frame) => frame.frameIndex);
  return {
    format: 'maskflow-labels',
    version: LABELS_JSON_VERSION,
    footage: { name: request.footageName, width: request.width, height: request.height },
    range: {
      firstFrame: indices.reduce((least, index) => Math.min(least, index), Infinity),
      lastFrame: indices.reduce((most, index) => Math.max(most, index), -Infinity),
      frameCount: indices.length,
    },
    background: 0,
    ...(request.formats?.some(({ id }) => id === 'palette') ? { labelMaps: 'labels' } : {}),
    labels: request.labels.map(({ number, name, colour, role }) => ({
      number,
      name,
      colour,
      role,
      paletteColour: number === null || isWideNumber(number) ? null : paletteColour(number),
      ...(soft.has(number) ? { soft: soft.get(number) } : {}),
    })),
  };
}
