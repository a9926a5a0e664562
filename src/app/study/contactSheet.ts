/** The contact sheet of a study: chosen frames by methods, with the prompts on the first, as one PNG for printing. */
import { maskSetFrame, type MaskSet } from '../../core/compare/maskSet';
import type { ObjectId } from '../../core/base/ids';
import type { Label } from '../../core/label/label';
import type { Prompt } from '../../core/prompt/prompt';
import { withPrintSize } from '../../core/study/printSize';
import { layoutSheet, type Place, type SheetLayout, type SheetRow } from '../../core/study/sheetLayout';
import type { FootageInfo } from '../../core/video/footageInfo';
import { timestampOfFrame } from '../../core/video/frameTable';
import { sheetColours } from './sheetColours';
import { drawLegend } from './sheetLegend';
import {
  drawPrompts,
  FAINT_INK,
  fittedText,
  INK,
  maskPicture,
  PAPER,
  setFont,
  wrappedText,
  type Sheet,
} from './sheetShapes';

/** A row of pictures: masks of a set, or (null) the frames with their prompts. */
export type SheetSetRow = SheetRow & { readonly set: MaskSet | null };

export type SheetOrder = {
  readonly footage: FootageInfo;
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly frames: readonly number[];
  readonly rows: readonly SheetSetRow[];
  readonly title: string;
  readonly subtitle: string;
  /** The caller's frame reader; bitmaps are closed here. */
  readonly getBitmap: (frameIndex: number) => Promise<ImageBitmap>;
};

/** Rejects with what `getBitmap` rejects with. */
export async function paintContactSheet(order: SheetOrder): Promise<Blob> {
  const { footage, labels, frames, rows } = order;
  const layout = layoutSheet({
    picture: footage,
    columns: frames.map((frameIndex) => ({
      frameIndex,
      timeSec: timestampOfFrame(footage.frameTable, frameIndex),
    })),
    rows,
    labelCount: labels.length,
  });
  const canvas = new OffscreenCanvas(layout.width, layout.height);
  const sheet = canvas.getContext('2d')!;
  sheet.fillStyle = PAPER;
  sheet.fillRect(0, 0, layout.width, layout.height);
  sheet.imageSmoothingQuality = 'high';
  drawHeads(sheet, layout, order);
  const own = rows.find(({ set }) => set && set.kind !== 'reference')?.set ?? null;
  const colours = rows.map(({ set }) => (set ? sheetColours(set, labels, own) : new Map<ObjectId, string>()));
  for (const [column, frameIndex] of frames.entries()) {
    const bitmap = await order.getBitmap(frameIndex);
    try {
      rows.forEach((row, index) =>
        drawCell(
          sheet,
          layout.cells[index]![column]!,
          bitmap,
          { ...row, colours: colours[index]! },
          frameIndex,
          order,
        ),
      );
    } finally {
      bitmap.close();
    }
  }
  drawLegend(sheet, layout, order);
  const png = await canvas.convertToBlob({ type: 'image/png' });
  return new Blob([withPrintSize(new Uint8Array(await png.arrayBuffer()))], { type: 'image/png' });
}

function drawCell(
  sheet: Sheet,
  place: Place,
  bitmap: ImageBitmap,
  { set, colours }: SheetSetRow & { readonly colours: ReadonlyMap<ObjectId, string> },
  frameIndex: number,
  { footage, labels, prompts }: SheetOrder,
): void {
  const { x, y, width, height } = place;
  // Under masks without its colours, so that those of the labels can be told apart in print.
  sheet.filter = set ? 'grayscale(1)' : 'none';
  sheet.drawImage(bitmap, x, y, width, height);
  sheet.filter = 'none';
  const found = set && maskSetFrame(set, frameIndex);
  if (found && set) {
    const masks = maskPicture(found.masks, (objectId) => colours.get(objectId)!, footage);
    sheet.drawImage(masks, x, y, width, height);
  } else if (set) {
    drawAbsence(sheet, place);
  }
  if (!set) {
    const own = prompts.filter((prompt) => prompt.frameIndex === frameIndex);
    drawPrompts(sheet, own, labels, place, width / footage.width);
  }
  sheet.strokeStyle = FAINT_INK;
  sheet.lineWidth = 2;
  sheet.strokeRect(x, y, width, height);
}

function drawAbsence(sheet: Sheet, { x, y, width }: Place): void {
  setFont(sheet, 28, 600);
  const text = 'not drawn';
  sheet.fillStyle = PAPER;
  sheet.fillRect(x + 12, y + 12, Math.min(width - 24, sheet.measureText(text).width + 24), 44);
  sheet.fillStyle = INK;
  sheet.fillText(text, x + 24, y + 19);
}

function drawHeads(
  sheet: Sheet,
  layout: SheetLayout,
  { title, subtitle, frames, footage, rows }: SheetOrder,
): void {
  sheet.fillStyle = INK;
  setFont(sheet, layout.titleFontPx, 700);
  sheet.fillText(fittedText(sheet, title, layout.title.width), layout.title.x, layout.title.y);
  setFont(sheet, layout.smallFontPx);
  sheet.fillStyle = FAINT_INK;
  sheet.fillText(fittedText(sheet, subtitle, layout.subtitle.width), layout.subtitle.x, layout.subtitle.y);
  layout.columnHeads.forEach(({ x, y, width }, column) => {
    const frame = frames[column]!;
    const seconds = timestampOfFrame(footage.frameTable, frame).toFixed(3);
    setFont(sheet, layout.smallFontPx, 600);
    sheet.fillStyle = INK;
    sheet.fillText(fittedText(sheet, `frame ${frame} · ${seconds} s`, width), x, y);
  });
  layout.rowHeads.forEach(({ x, y, width }, index) => {
    const { name, note } = rows[index]!;
    setFont(sheet, layout.fontPx, 700);
    sheet.fillStyle = INK;
    const lines = wrappedText(sheet, name, width);
    lines.forEach((line, place) => sheet.fillText(line, x, y + place * 44));
    setFont(sheet, layout.smallFontPx);
    sheet.fillStyle = FAINT_INK;
    note
      .split('\n')
      .flatMap((part) => wrappedText(sheet, part, width))
      .forEach((line, place) => sheet.fillText(line, x, y + lines.length * 44 + 10 + place * 38));
  });
}
