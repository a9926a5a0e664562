/** Every format of the sample's masks, exported by the dialog and read back by programs that are not ours. */
import { expect } from '@playwright/test';
import { decode } from 'fast-png';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportFormats } from '../src/core/export/exportFormats';
import { npyHeader } from '../src/core/export/npyHeader';
import { dyeFixtures, pngName } from './support/dyeClip';
import { chooseFormats, exportDialog, exportInto, openExportDialog } from './support/exporting';
import { chooseMasks, finishImport } from './support/importing';
import { decodeLabelMap, readLabelMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { dragThrough } from './support/painting';
import { checkExport, decodedRgba, hasReader, probedTimes, readBackWith } from './support/pythonReaders';
import { testWithoutModel as test } from './support/withoutModel';

const root = join(import.meta.dirname, '..');
const sample = join(root, 'public', 'samples', 'dye.mp4');
const LAST_MASK = 2;
const LAST_FRAME = 4;

/** Truth for readBack.py: the masks that were imported, and the exported frames as pictures. */
function writeTruth(folder: string): number[][] {
  const frames = Array.from({ length: LAST_FRAME + 1 }, (_, frame) => frame);
  const maps = frames.map((frame) =>
    frame <= LAST_MASK
      ? [...readLabelMap(join(dyeFixtures, 'masks', pngName(frame))).data]
      : Array.from({ length: 640 * 360 }, () => 0),
  );
  const shape = [frames.length, 360, 640];
  const write = (name: string, descr: string, sides: readonly number[], values: Uint8Array): void =>
    writeFileSync(join(folder, name), Buffer.concat([npyHeader(descr, sides), values]));
  write('truth.npy', '|u1', shape, Uint8Array.from(maps.flat()));
  const pictures = frames.map((frame) => decode(readFileSync(join(folder, 'frames', pngName(frame)))).data);
  write('pictures.npy', '|u1', [...shape, 3], Buffer.concat(pictures.map((data) => Uint8Array.from(data))));
  for (const number of [1, 2]) {
    const soft = Float32Array.from(maps.flat(), (value) => (value === number ? 1 : 0));
    write(`soft${number}.npy`, '<f4', shape, new Uint8Array(soft.buffer));
  }
  return maps;
}

function expectTimes(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  // WebM keeps whole milliseconds.
  found.forEach((time, frame) =>
    expect(Math.abs(time - wanted[frame]!), `frame ${frame}`).toBeLessThan(0.0011),
  );
}

/** Where the true masks lie well inside and outside, the film must be opaque and transparent. */
function expectAlpha(rgba: Buffer, maps: readonly number[][]): void {
  maps.forEach((map, frame) => {
    const wrong = map.filter((value, pixel) => {
      const isFlat = [-3, 3, -3 * 640, 3 * 640].every(
        (step) => (map[pixel + step] ?? value) > 0 === value > 0,
      );
      return isFlat && rgba[(frame * map.length + pixel) * 4 + 3]! > 127 !== value > 0;
    });
    expect(wrong.length / map.length, `alpha of frame ${frame}`).toBeLessThan(0.005);
  });
}

test('every format is read back by other programs', async ({ page }, info) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.trimTo(LAST_FRAME);
  const masks = Array.from({ length: LAST_MASK + 1 }, (_, frame) =>
    join(dyeFixtures, 'masks', pngName(frame)),
  );
  await chooseMasks(page, masks);
  await finishImport(page, 2 * masks.length);
  await app.dismissNotices();

  await openExportDialog(page);
  await chooseFormats(
    page,
    exportFormats.map(({ name }) => name),
  );
  const dialog = exportDialog(page);
  await expect(dialog.getByText('2 frames have no masks (3-4) and will be written empty.')).toBeVisible();
  await expect(
    dialog.getByText(/label 1 has only a hard mask, black and white, on frames 0-2/),
  ).toBeVisible();
  await app.screenshot('export-dialog');
  const folder = info.outputPath('all');
  const names = await exportInto(page, folder);
  await expect(page.getByText(/^Exported 5 frames in 14 formats as .*-export\.zip\.$/)).toBeVisible();
  for (const name of ['overlay.mp4', 'cutout.webm', 'youtube-vos/train/meta.json', 'yolo/data.yaml']) {
    expect(names).toContain(name);
  }
  expect(names.filter((name) => name.endsWith('.jpg')).length).toBe(15);
  const maps = writeTruth(folder);
  for (const reader of ['PIL', 'tifffile', 'cv2', 'pycocotools', 'numpy'].filter(hasReader)) {
    expect(readBackWith(reader, folder)).not.toBe('');
  }
  if ((hasReader('PIL') || hasReader('cv2')) && (hasReader('cv2') || hasReader('ffmpeg'))) {
    const told = checkExport(folder, ['--video', sample]);
    expect(told).toContain('Everything fits.');
    expect(told).toMatch(/ok {4}no frame looks more like a neighbour/);
  }
  if (hasReader('ffprobe')) {
    const wanted = Array.from({ length: LAST_FRAME + 1 }, (_, frame) => frame / 25);
    expectTimes(probedTimes(join(folder, 'overlay.mp4')), wanted);
    expectTimes(probedTimes(join(folder, 'cutout.webm')), wanted);
  }
  if (hasReader('ffmpeg')) {
    expectAlpha(decodedRgba(join(folder, 'cutout.webm')), maps);
  }

  // Polygons, 16-bit mattes, 4-bit label maps, WebM; of one label and fewer frames.
  await openExportDialog(page);
  await chooseFormats(page, [
    'COCO JSON',
    'Soft mattes, grey PNG',
    'Label maps, palette PNG',
    'Overlay video',
  ]);
  await dialog.getByRole('combobox', { name: 'Masks as' }).selectOption('polygons');
  await dialog.getByRole('combobox', { name: 'Bits for each pixel' }).first().selectOption('smallest');
  await dialog.getByRole('combobox', { name: 'Bits for each pixel' }).last().selectOption('16');
  await dialog.getByRole('combobox', { name: 'File' }).selectOption('webm');
  await dialog.getByRole('checkbox', { name: 'label 2' }).uncheck();
  await dialog.getByRole('spinbutton', { name: 'First' }).fill('1');
  await dialog.getByRole('spinbutton', { name: 'Last' }).fill('2');
  const second = info.outputPath('some');
  await exportInto(page, second);
  expect(existsSync(join(second, 'overlay.webm'))).toBe(true);
  const small = decode(readFileSync(join(second, 'labels', pngName(2))));
  expect(small.depth).toBe(4);
  if (hasReader('PIL')) {
    expect(checkExport(second, ['--video', sample])).toContain('Everything fits.');
  }
});

test('films of a clip whose frame rate varies keep the time of every frame', async ({ page }, info) => {
  const clip = join(root, 'src', 'media', '__fixtures__', 'variable-rate.mp4');
  const app = new MaskflowPage(page);
  await app.open();
  await app.openFiles('video', clip);
  await expect(page.getByText('variable-rate.mp4').first()).toBeVisible();
  await app.expectFrame(0);
  await app.tool('Brush');
  await dragThrough(app, [
    [20, 20],
    [60, 40],
  ]);
  await openExportDialog(page);
  await chooseFormats(page, ['Overlay video', 'Cut-out video with alpha', 'Label maps, palette PNG']);
  const folder = info.outputPath('films');
  await exportInto(page, folder);
  expect(decodeLabelMap(readFileSync(join(folder, 'labels', pngName(0)))).data.includes(1)).toBe(true);
  if (hasReader('ffprobe')) {
    const times = probedTimes(clip);
    const wanted = times.map((time) => time - times[0]!);
    const steps = new Set(wanted.slice(1).map((time, frame) => (time - wanted[frame]!).toFixed(3)));
    expect(steps.size).toBeGreaterThan(1);
    expectTimes(probedTimes(join(folder, 'overlay.mp4')), wanted);
    expectTimes(probedTimes(join(folder, 'cutout.webm')), wanted);
  }
  if (hasReader('PIL') || hasReader('cv2')) {
    expect(checkExport(folder, ['--video', clip])).toContain('Everything fits.');
  }
});
