/** The history panel on the whole screen. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { travelSteps } from '../../state/travelHistory';
import { mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  await page.viewport(1280, 1000);
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  app.store.temporal.getState().clear();
  await page.getByRole('button', { name: /^History/ }).click();
});

afterEach(() => unmount());

const list = () => page.getByRole('list', { name: /^History/ });
const present = () => document.querySelector('.history-step[aria-current]')?.textContent;

it('names each step, marks the present, and travels by a click', async () => {
  const { labels, updateLabel, addLabel, setInFrame } = app.store.getState();
  await expect.element(page.getByText('Nothing done yet.')).toBeVisible();
  updateLabel(labels[0]!.objectId, { name: 'smoke' });
  addLabel('competitor');
  setInFrame(4);
  await expect.element(list().getByText('Rename label 1 to smoke')).toBeVisible();
  await expect.poll(present).toBe('In point to frame 4');
  await expect
    .element(page.getByRole('button', { name: 'Undo' }))
    .toHaveAccessibleDescription('In point to frame 4');
  await list().getByRole('button', { name: 'Rename label 1 to smoke' }).click();
  expect(app.callsOf('travelBy')).toEqual([[-2]]);
  travelSteps(app.store, -2);
  await expect.poll(present).toBe('Rename label 1 to smoke');
  await expect
    .element(page.getByRole('button', { name: 'Redo' }))
    .toHaveAccessibleDescription('Add competitor 1');
  await list().getByRole('button', { name: 'In point to frame 4' }).click();
  await list().getByRole('button', { name: 'Start' }).click();
  expect(app.callsOf('travelBy').slice(1)).toEqual([[2], [-1]]);
});

it('lists 200 steps with the present in sight', async () => {
  for (let step = 0; step < 250; step += 1) {
    app.store.getState().setInFrame(step % 2 === 0 ? 1 : 2);
  }
  await expect.element(page.getByRole('button', { name: 'History 200' })).toBeVisible();
  const marked = page.getByRole('listitem').filter({ has: page.getByText('In point to frame 2') });
  await expect.element(marked.last()).toBeVisible();
  expect(document.querySelectorAll('.history-step').length).toBeLessThan(60);
  travelSteps(app.store, -200);
  await expect.poll(present).toBe('Earlier steps are no longer kept');
});
