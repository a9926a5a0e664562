/** Zoom as a number, and the buttons that change it. */
import { Maximize, Minus, Plus } from 'lucide-react';
import type { MouseEvent } from 'react';
import { keyHint } from '../keys/shortcuts';
import { useApp } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { fitPicture, showActualSize, zoomBy, ZOOM_STEP } from './stageView';

type ZoomControlsProps = { readonly scale: number; readonly isFitted: boolean };

export function ZoomControls({ scale, isFitted }: ZoomControlsProps) {
  const { store } = useApp();
  return (
    <fieldset className="zoom-controls">
      <legend className="visually-hidden">Zoom</legend>
      <IconButton
        label="Zoom out"
        hint={keyHint('zoomOut')}
        onMouseDown={keepFocus}
        onClick={() => zoomBy(store, 1 / ZOOM_STEP)}
      >
        <Minus />
      </IconButton>
      <IconButton
        className="zoom-percent"
        label={`Show at 100 %; now ${zoomText(scale)}`}
        hint={keyHint('actualSize')}
        onMouseDown={keepFocus}
        onClick={() => showActualSize(store)}
      >
        {zoomText(scale)}
      </IconButton>
      <IconButton
        label="Zoom in"
        hint={keyHint('zoomIn')}
        onMouseDown={keepFocus}
        onClick={() => zoomBy(store, ZOOM_STEP)}
      >
        <Plus />
      </IconButton>
      <IconButton
        label="Fit the picture"
        hint={keyHint('fit')}
        aria-pressed={isFitted}
        onMouseDown={keepFocus}
        onClick={() => fitPicture(store)}
      >
        <Maximize />
      </IconButton>
    </fieldset>
  );
}

/** A click leaves the focus where it is, so that Space and the arrow keys keep their meaning. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

function zoomText(scale: number): string {
  const percent = scale * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
