/** The prompts of the shown frame, and the keyboard's crosshair, drawn over picture and masks. */
import { Fragment } from 'react';
import { Layer, Line, Stage } from 'react-konva';
import { assertNever } from '../../core/base/assert';
import type { PromptId } from '../../core/base/ids';
import type { Point, Size } from '../../core/geometry/box';
import type { MaskflowState, ViewTransform } from '../../state/maskflowState';
import { useMaskflow } from '../hooks/useMaskflow';
import { handledBoxId, stagePrompts, type StagePrompt } from '../tools/gesture/stagePrompts';
import { BoxGlyph } from './BoxGlyph';
import { PaintGuides } from './paint/PaintGuides';
import { PointGlyph } from './PointGlyph';
import { DARK, DIMMED_OPACITY, LIGHT } from './promptStyle';
import { sourceToStage } from './viewMath';

type PromptLayerProps = {
  readonly stage: Size;
  readonly view: ViewTransform;
  /** Where the keyboard's crosshair is, in source pixels; null while it is put away. */
  readonly crosshair: Point | null;
};

export function PromptLayer({ stage, view, crosshair }: PromptLayerProps) {
  const shownFrame = useMaskflow(promptedShownFrame);
  const isBareFrame = useMaskflow((state) => state.isBareFrame);
  const useSharedPoints = useMaskflow((state) => state.useSharedPoints);
  const prompts = usePromptState();
  const isEmpty = shownFrame === null || isBareFrame;
  const entries = isEmpty ? [] : stagePrompts(prompts, shownFrame);
  const handled = isEmpty ? null : handledBoxId(prompts, shownFrame);
  return (
    <Stage width={stage.width} height={stage.height} listening={false} className="stage-prompts">
      <Layer listening={false}>
        {entries.map((entry) => (
          <Fragment key={entry.prompt.id}>{drawnPrompt(entry, view, handled, useSharedPoints)}</Fragment>
        ))}
        {crosshair ? <Crosshair at={sourceToStage(view, crosshair)} /> : null}
      </Layer>
      <PaintGuides view={view} />
    </Stage>
  );
}

/** The shown frame where it has prompts; null elsewhere, so that frames without prompts go by without rendering. */
function promptedShownFrame({ shownFrame, prompts }: MaskflowState): number | null {
  return prompts.some(({ frameIndex }) => frameIndex === shownFrame) ? shownFrame : null;
}

function usePromptState() {
  const prompts = useMaskflow((state) => state.prompts);
  const labels = useMaskflow((state) => state.labels);
  const activeObjectId = useMaskflow((state) => state.activeObjectId);
  const selectedPromptId = useMaskflow((state) => state.selectedPromptId);
  const tool = useMaskflow((state) => state.tool);
  return { prompts, labels, activeObjectId, selectedPromptId, tool };
}

function drawnPrompt(
  { prompt, label, isActive, isSelected }: StagePrompt,
  view: ViewTransform,
  handled: PromptId | null,
  useSharedPoints: boolean,
) {
  const opacity = isActive || isSelected ? 1 : DIMMED_OPACITY;
  switch (prompt.kind) {
    case 'box': {
      const hasHandles = prompt.id === handled;
      return label ? (
        <BoxGlyph {...{ box: prompt.box, label, view, hasHandles, isSelected, opacity }} />
      ) : null;
    }
    case 'point': {
      const kind = prompt.label === 1 ? 'foreground' : 'background';
      const at = sourceToStage(view, prompt.point);
      return <PointGlyph {...{ at, kind, colour: label?.colour ?? null, isSelected, opacity }} />;
    }
    case 'sharedPoint':
      return (
        <PointGlyph
          at={sourceToStage(view, prompt.point)}
          kind="shared"
          colour={null}
          isSelected={isSelected}
          opacity={useSharedPoints ? 1 : 0.35}
        />
      );
    default:
      return assertNever(prompt);
  }
}

function Crosshair({ at }: { at: Point }) {
  const lines = [
    [-18, 0, -5, 0],
    [5, 0, 18, 0],
    [0, -18, 0, -5],
    [0, 5, 0, 18],
  ];
  return (
    <>
      {lines.map((points) => (
        <Fragment key={points.join()}>
          <Line x={at.x} y={at.y} points={points} stroke={DARK} strokeWidth={5} lineCap="round" />
          <Line x={at.x} y={at.y} points={points} stroke={LIGHT} strokeWidth={2.5} lineCap="round" />
        </Fragment>
      ))}
    </>
  );
}
