/** The settings that belong to a project: how it is looked at and worked on. The one place to add another. */
import * as v from 'valibot';
import { quantityIds } from '../../core/measure/quantityIds';
import { promptingModels } from '../../core/models/shelf';
import { workingSizes } from '../../core/models/workingSize';
import { propagationEngines } from '../../core/segment/segmentation';
import { refinementPrompts, runDirections, runExtents } from '../../core/track/unfinishedRun';
import type { ProjectSettings } from '../../core/project/projectDocument';
import type { MaskflowState } from '../../state/maskflowState';
import { overlayKinds } from '../../state/slices/displayState';
import { plotAxes } from '../../state/slices/measureState';

const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const gain = between(0, 4);

const frame = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const unfinishedRun = v.object({
  order: v.variant('kind', [
    v.object({
      kind: v.literal('propagate'),
      direction: v.picklist(runDirections),
      extent: v.picklist(runExtents),
    }),
    v.object({ kind: v.literal('refine'), prompt: v.picklist(refinementPrompts) }),
  ]),
  startedAtMs: v.number(),
  startFrame: frame,
  lastFrame: v.nullable(frame),
  hasTwoPasses: v.boolean(),
});

/** Each a part of the state with what may be read for it. */
const schemas = {
  overlayOpacity: between(0, 1),
  overlayStyle: v.object({ kind: v.picklist(overlayKinds), hasOnionSkin: v.boolean() }),
  display: v.object({
    adjustments: v.object({
      brightness: between(-1, 1),
      contrast: between(0, 4),
      gamma: between(0.2, 5),
      channelGains: v.tuple([gain, gain, gain]),
    }),
    isForModel: v.boolean(),
  }),
  propagationEngine: v.picklist(propagationEngines),
  promptingModel: v.picklist(promptingModels),
  workingSize: v.picklist(workingSizes),
  isSoftExported: v.boolean(),
  isLooping: v.boolean(),
  unfinishedRun: v.nullable(unfinishedRun),
  measuredQuantities: v.array(v.picklist(quantityIds)),
  plottedQuantities: v.array(v.picklist(quantityIds)),
  plotAxis: v.picklist(plotAxes),
} satisfies { [Key in keyof MaskflowState]?: v.GenericSchema<unknown, MaskflowState[Key]> };

export type KeptSettings = { [Key in keyof typeof schemas]: MaskflowState[Key] };

const names = Object.keys(schemas) as (keyof KeptSettings)[];

export function keptSettings(state: MaskflowState): ProjectSettings {
  return Object.fromEntries(names.map((name) => [name, state[name]]));
}

export function haveSettingsChanged(state: MaskflowState, previous: MaskflowState): boolean {
  return names.some((name) => state[name] !== previous[name]);
}

/** Those that can be read; what is missing or makes no sense stays as it is on the screen. */
export function readSettings(settings: ProjectSettings): Partial<KeptSettings> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const read = v.safeParse(schemas[name], settings[name]);
      return read.success ? [[name, read.output]] : [];
    }),
  );
}
