/** The legend of a contact sheet: labels by colour, then the kinds of prompts that are on it. */
import type { Label } from '../../core/label/label';
import type { Prompt } from '../../core/prompt/prompt';
import type { SheetLayout } from '../../core/study/sheetLayout';
import { drawPoint, INK, setFont, type Sheet } from './sheetShapes';

type LegendOrder = {
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly frames: readonly number[];
};

/** Its sign is drawn in a square of SIGN_PX. */
type Entry = { readonly text: string; readonly drawSign: (x: number, y: number) => void };

const SIGN_PX = 38;
const TEXT_LEFT = 52;
const GAP = 44;

/** Entries that do not fit are left out. */
export function drawLegend(sheet: Sheet, { legend, smallFontPx }: SheetLayout, order: LegendOrder): void {
  let x = legend.x;
  for (const { text, drawSign } of [...labelEntries(sheet, order), ...promptEntries(sheet, order)]) {
    setFont(sheet, smallFontPx);
    const width = TEXT_LEFT + sheet.measureText(text).width + GAP;
    if (x + width <= legend.x + legend.width) {
      drawSign(x, legend.y);
      setFont(sheet, smallFontPx);
      sheet.fillStyle = INK;
      sheet.fillText(text, x + TEXT_LEFT, legend.y + 4);
      x += width;
    }
  }
}

function labelEntries(sheet: Sheet, { labels }: LegendOrder): Entry[] {
  return labels
    .filter(({ role }) => role === 'object' || role === 'competitor')
    .map(({ role, name, colour }) => ({
      text: role === 'competitor' ? `${name} (competitor, left out)` : name,
      drawSign: (x, y) => {
        sheet.fillStyle = colour;
        sheet.fillRect(x, y, SIGN_PX, SIGN_PX);
      },
    }));
}

function promptEntries(sheet: Sheet, { prompts, frames }: LegendOrder): Entry[] {
  const shown = prompts.filter(({ frameIndex }) => frames.includes(frameIndex));
  const point =
    (isForeground: boolean): Entry['drawSign'] =>
    (x, y) =>
      drawPoint(sheet, { x: x + SIGN_PX / 2, y: y + SIGN_PX / 2 }, INK, isForeground);
  const box: Entry['drawSign'] = (x, y) => {
    sheet.strokeStyle = INK;
    sheet.lineWidth = 5;
    sheet.strokeRect(x + 3, y + 5, 32, 28);
  };
  const hasBox = shown.some(({ kind }) => kind === 'box');
  const hasForeground = shown.some((prompt) => prompt.kind === 'point' && prompt.label === 1);
  const hasBackground = shown.some(
    (prompt) => prompt.kind === 'sharedPoint' || (prompt.kind === 'point' && prompt.label === 0),
  );
  return [
    ...(hasBox ? [{ text: 'box prompt', drawSign: box }] : []),
    ...(hasForeground ? [{ text: 'foreground point', drawSign: point(true) }] : []),
    ...(hasBackground ? [{ text: 'background point', drawSign: point(false) }] : []),
  ];
}
