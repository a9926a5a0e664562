/** The sheet of keys: a key is changed by pressing it, and the whole screen follows at once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openScreen } from '../__fixtures__/openScreen';
import { recordingApp, type RecordingApp } from '../__fixtures__/screen';
import { keyOverrides, setKeyOverrides } from './keyMap';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  setKeyOverrides({});
  app = recordingApp();
  unmount = await openScreen(app);
});

afterEach(() => {
  unmount();
  setKeyOverrides({});
});

async function openSheet(): Promise<void> {
  await page.getByRole('button', { name: 'Show all keys' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
}

it('gives a tool another key, which then works, and is stated', async () => {
  await openSheet();
  await page.getByRole('button', { name: 'Change the key of “Pan the picture”, now Z' }).click();
  await userEvent.keyboard('Q');
  await expect
    .element(page.getByRole('button', { name: /^Change the key of “Pan the picture”, now / }))
    .toHaveAccessibleName('Change the key of “Pan the picture”, now Q');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).not.toBeInTheDocument();
  await userEvent.keyboard('z');
  expect(app.store.getState().tool).toBe('box');
  await userEvent.keyboard('q');
  expect(app.store.getState().tool).toBe('pan');
  expect(JSON.parse(localStorage.getItem('maskflow.keys') ?? '')).toEqual({ pan: ['q'] });
  await expect
    .element(page.getByRole('button', { name: 'Pan', exact: false }).first())
    .toHaveAttribute('aria-keyshortcuts', 'Q');
});

it('says whose a key is, and takes it only when told to', async () => {
  await openSheet();
  const row = page.getByRole('button', { name: /^Change the key of “Box”/ });
  await row.click();
  await userEvent.keyboard('v');
  await expect.element(page.getByText('V is the key of “Select, move and resize prompts”.')).toBeVisible();
  await page.getByRole('button', { name: 'Leave it there' }).click();
  expect(keyOverrides()).toEqual({});
  await row.click();
  await userEvent.keyboard('v');
  await page.getByRole('button', { name: 'Use it here' }).click();
  expect(keyOverrides()).toEqual({ box: ['v'], select: [] });
  await page.getByRole('button', { name: 'Reset all keys' }).click();
  expect(keyOverrides()).toEqual({});
});

it('gives up by Escape without closing the sheet, and refuses keys that the page needs', async () => {
  await openSheet();
  await page.getByRole('button', { name: /^Change the key of “Box”/ }).click();
  await userEvent.keyboard('{Tab}');
  await expect
    .element(page.getByText('The browser or the page needs that key. Press another.'))
    .toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(keyOverrides()).toEqual({});
});
