/** Measuring on the screen: calibration by fields, values, choice of quantities, plots, and what is saved. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { beginGesture } from '../../state/gesture';
import type { Theme } from '../../state/maskflowState';
import { annotate, mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';
import { measured } from './__fixtures__/measured';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  await page.viewport(1280, 900);
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  annotate(app.store);
  await page.getByRole('tab', { name: 'Measure' }).click();
  await expect.element(page.getByRole('heading', { name: 'Calibration' })).toBeVisible();
});

afterEach(() => unmount());

function state() {
  return app.store.getState();
}

function showMeasured(): void {
  state().setMeasurements(measured(state().labels));
}

async function expectNoSeriousFinding(): Promise<void> {
  const { violations } = await axe.run(document.body);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`)).toEqual([]);
}

describe('calibration', () => {
  it('takes a line that was drawn, asks for its length, and shows a scale bar', async () => {
    await page.getByRole('button', { name: 'Scale line', exact: true }).first().click();
    expect(state().tool).toBe('scaleLine');
    const endGesture = beginGesture(app.store);
    state().setCalibration({
      scale: { from: { x: 4, y: 10 }, to: { x: 24, y: 10 }, length: 20, unit: 'px' },
    });
    await expect.element(page.getByText('How long is this line?')).toBeVisible();
    const length = page.getByRole('spinbutton', { name: 'Length' });
    await expect.element(length).toHaveFocus();
    endGesture();
    await length.fill('5');
    await userEvent.keyboard('{Enter}');
    expect(state().calibration.scale).toMatchObject({ length: 5, unit: 'mm' });
    await expect.element(page.getByText('1 mm = 4 px')).toBeVisible();
    await expect.element(page.getByTestId('scale-bar')).toBeVisible();
    const unit = page.getByLabelText('Unit');
    await unit.fill('cm');
    await userEvent.keyboard('{Enter}');
    expect(state().calibration.scale?.unit).toBe('cm');
    await unit.fill('px');
    await userEvent.keyboard('{Enter}');
    expect(state().calibration.scale).toMatchObject({ length: 20, unit: 'px' });
    await expect.element(page.getByText('How long is this line?')).toBeVisible();
    await page.getByRole('button', { name: 'Delete scale line' }).click();
    expect(state().calibration.scale).toBeNull();
  });

  it('takes no length that makes no sense', async () => {
    state().setCalibration({
      scale: { from: { x: 4, y: 10 }, to: { x: 24, y: 10 }, length: 5, unit: 'mm' },
    });
    const length = page.getByRole('spinbutton', { name: 'Length' });
    for (const text of ['0', '-3', '']) {
      await length.fill(text);
      await userEvent.keyboard('{Enter}');
    }
    expect(state().calibration.scale?.length).toBe(5);
    await expect.element(length).toHaveValue(5);
  });

  it('sets axes, frame rate and region by numbers, each one step of undo', async () => {
    const before = app.store.temporal.getState().pastStates.length;
    await page.getByLabelText('y points').selectOptions('up');
    expect(state().calibration.yAxis).toBe('up');
    // The lower left corner is the origin while nobody placed it.
    const originY = page.getByRole('group', { name: /^Origin/ }).getByRole('spinbutton', { name: 'y, px' });
    await expect.element(originY).toHaveValue(36);
    await originY.fill('30');
    await userEvent.keyboard('{Tab}');
    expect(state().calibration.origin).toEqual({ x: 0, y: 30 });
    await page.getByRole('spinbutton', { name: 'Frame rate, fps' }).fill('1000');
    await userEvent.keyboard('{Enter}');
    expect(state().calibration.frameRate).toBe(1000);
    state().setCalibration({ region: { kind: 'box', box: [2, 2, 20, 20] } });
    await page.getByRole('spinbutton', { name: 'Width, px' }).fill('30');
    await userEvent.keyboard('{Enter}');
    expect(state().calibration.region).toEqual({ kind: 'box', box: [2, 2, 32, 20] });
    expect(app.store.temporal.getState().pastStates.length - before).toBe(5);
    await page.getByRole('button', { name: 'Measure the whole picture' }).click();
    expect(state().calibration.region).toBeNull();
    await page.getByRole('button', { name: 'Reset axes' }).click();
    expect(state().calibration).toMatchObject({ origin: null, yAxis: 'down' });
  });

  it('says why a number is not taken, and keeps the old one', async () => {
    state().setCalibration({ frameRate: 50 });
    const rate = page.getByRole('spinbutton', { name: 'Frame rate, fps' });
    await rate.fill('-5');
    await userEvent.keyboard('{Enter}');
    await expect.element(rate).toHaveValue(50);
    await expect.element(page.getByText('It must be more than 0. 50 stays.')).toBeVisible();
    await rate.fill('60');
    await userEvent.keyboard('{Enter}');
    expect(state().calibration.frameRate).toBe(60);
    await expect.element(page.getByText('It must be more than 0.')).not.toBeInTheDocument();
  });

  it('lies over the picture while the tab is open', async () => {
    state().setCalibration({ region: { kind: 'box', box: [2, 2, 20, 20] } });
    await expect.poll(() => document.querySelectorAll('.measure-handle').length).toBe(8);
    await page.getByRole('tab', { name: 'Masks' }).click();
    await expect.poll(() => document.querySelectorAll('.measure-handle').length).toBe(0);
  });
});

describe('values', () => {
  it('says what is missing', async () => {
    state().resetAnnotation();
    await expect.element(page.getByText(/^Measuring needs masks/)).toBeVisible();
    await page.getByRole('button', { name: 'Show plots' }).click();
    await expect.element(page.getByText(/^Measuring needs masks/).nth(1)).toBeVisible();
  });

  it('are shown with unit and bounds for the frame on show', async () => {
    showMeasured();
    state().seek(10);
    const table = page.getByRole('table', { name: /^label 1/ }).first();
    await expect
      .element(table.getByRole('row', { name: /Area/ }))
      .toHaveTextContent(/117.3 mm² \(107.3–127.3\)/);
    await expect.element(table.getByRole('row', { name: /Speed/ })).toHaveTextContent('2.5 mm/s');
    await expect
      .element(table.getByRole('button', { name: 'Area', exact: true }))
      .toHaveAccessibleDescription(/pixels/i);
    await expect
      .element(page.getByRole('table', { name: /–/ }).getByRole('row'))
      .toHaveTextContent('Contact length1 mm');
  });

  it('are exported, and measuring can be stopped and taken up again', async () => {
    showMeasured();
    await page.getByRole('button', { name: 'Export values (CSV)' }).click();
    expect(app.callsOf('exportMeasurements')).toHaveLength(1);
    state().setMeasurementExport({ done: 3, total: 10 });
    await expect.element(page.getByRole('progressbar', { name: 'Exporting values' })).toBeVisible();
    await page.getByRole('button', { name: 'Export values (CSV)' }).click({ force: true });
    expect(app.callsOf('exportMeasurements')).toHaveLength(1);
    await page.getByRole('button', { name: 'Cancel export' }).click();
    expect(app.callsOf('cancelMeasurementExport')).toHaveLength(1);
    state().setMeasurementExport(null);
    state().setMeasuring({ done: 30, total: 100 });
    await expect.element(page.getByText('Measuring 30 / 100')).toBeVisible();
    await page.getByRole('button', { name: 'Stop measuring' }).click();
    expect(app.callsOf('stopMeasuring')).toHaveLength(1);
    state().setMeasuringStopped(true);
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    expect(app.callsOf('measureAgain')).toHaveLength(1);
  });

  it('lists splits and merges as ways to their frames', async () => {
    showMeasured();
    await page.getByRole('button', { name: /12 label 1: a piece splits into 2/ }).click();
    expect(state().currentFrame).toBe(12);
    await expect.poll(() => document.querySelectorAll('.lane-event').length).toBe(2);
  });
});

describe('plots', () => {
  beforeEach(async () => {
    showMeasured();
    await page.getByRole('button', { name: 'Plot Speed of the centroid' }).click();
    await expect.element(page.getByRole('region', { name: 'Plots' })).toBeVisible();
    await expect.poll(() => document.querySelectorAll('.plot-chart canvas').length).toBe(2);
  });

  it('are drawn for the chosen quantities, and measure them', async () => {
    await expect
      .element(page.getByRole('img', { name: 'Area (mm²) of label 1, competitor 1, frames 0 to 59' }))
      .toBeVisible();
    expect(state().measuredQuantities).toContain('speed');
    await page.getByRole('button', { name: 'Take the plot of Speed of the centroid away' }).click();
    await expect.poll(() => document.querySelectorAll('.plot-chart canvas').length).toBe(1);
  });

  it('stand on the scale of the timeline', async () => {
    const area = page.getByTestId('plots-area').element().getBoundingClientRect();
    const lanes = document.querySelector('.tracks-overlay')!.getBoundingClientRect();
    expect(Math.abs(area.left - lanes.left)).toBeLessThan(1);
    expect(Math.abs(area.width - lanes.width)).toBeLessThan(1);
    const over = document.querySelector('.plot-chart .u-over')!.getBoundingClientRect();
    expect(Math.abs(over.left - area.left)).toBeLessThanOrEqual(1);
    expect(Math.abs(over.width - area.width)).toBeLessThanOrEqual(1);
  });

  it('seek where they are pressed, and tell values where they are hovered', async () => {
    const element = page.getByTestId('plots-area').element();
    const { left, top, width } = element.getBoundingClientRect();
    // Frame 30 of 100, in the middle of its cell.
    const at = {
      bubbles: true,
      clientX: left + (width * 30.5) / 100,
      clientY: top + 20,
      pointerId: 1,
      button: 0,
    };
    element.dispatchEvent(new PointerEvent('pointermove', at));
    await expect.element(page.getByText(/^Frame 30, 0:01\.20$/)).toBeVisible();
    expect(document.querySelector('.plot-tip')!.textContent).toContain('label 1: 127.8 mm² (117.8–137.8)');
    expect(document.querySelector('.plot-tip')!.textContent).toContain('a piece vanishes');
    await userEvent.click(element, { position: { x: (width * 70.5) / 100, y: 30 } });
    expect(state().currentFrame).toBe(70);
  });

  it('hide lines, change their axis, and go away', async () => {
    const legend = page.getByRole('group', { name: 'Lines' });
    await legend.getByRole('button', { name: 'competitor 1', exact: true }).click();
    await expect
      .element(page.getByRole('img', { name: 'Area (mm²) of label 1, frames 0 to 59' }))
      .toBeVisible();
    await page.getByLabelText('Count in').selectOptions('time');
    await expect.element(page.getByText('Time, s')).toBeVisible();
    await page.getByRole('button', { name: 'Close the plots' }).click();
    await expect.poll(() => document.querySelector('.plots')).toBeNull();
    await userEvent.keyboard('{Shift>}t{/Shift}');
    await expect.element(page.getByRole('region', { name: 'Plots' })).toBeVisible();
  });
});

describe.each<Theme>(['light', 'dark'])('accessibility, %s', (theme) => {
  it('finds nothing serious in the tab and the plots', async () => {
    state().setTheme(theme);
    state().setCalibration({
      scale: { from: { x: 4, y: 10 }, to: { x: 24, y: 10 }, length: 5, unit: 'mm' },
      region: { kind: 'box', box: [2, 2, 20, 20] },
      yAxis: 'up',
    });
    showMeasured();
    state().setMeasuring({ done: 30, total: 100 });
    await page.getByRole('button', { name: 'Show plots' }).click();
    await expect.poll(() => document.querySelectorAll('.plot-chart canvas').length).toBe(1);
    await expectNoSeriousFinding();
  });
});
