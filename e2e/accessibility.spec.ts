/** axe finds nothing serious, and the keyboard reaches every control with a visible focus. */
import { expect, test, type Page } from '@playwright/test';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { MaskflowPage } from './support/maskflowPage';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.addScriptTag({ path: axePath });
  }
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the ${colorScheme} theme, at both sizes, with menus and sheets open`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    const app = new MaskflowPage(page);
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 1024, height: 768 },
    ]) {
      await page.setViewportSize(viewport);
      await app.open();
      expect(await seriousFindings(page)).toEqual([]);
      await app.screenshot(`${colorScheme}-${viewport.width}`);
    }
    await app.drawBox([10, 81, 630, 178]);
    await app.expectMasks(1);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    // While the menu is closing, keys are still its own.
    await expect(page.getByRole('menu')).toBeHidden();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
    await app.screenshot(`${colorScheme}-keys`);
  });
}

test('the keyboard reaches every control, with a visible focus', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  const wanted = await page.evaluate(
    () =>
      [...document.querySelectorAll('button, input, select, [role=slider], [tabindex="0"]')].filter(
        (element) =>
          element.checkVisibility() &&
          !element.matches(
            ':disabled, [tabindex="-1"], [aria-hidden=true], [aria-hidden=true] *, [hidden] *',
          ) &&
          (element as HTMLElement).getBoundingClientRect().width > 0,
      ).length,
  );
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let press = 0; press < wanted * 2 + 20; press += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) {
        return null;
      }
      element.dataset.tabStop ??= String(Math.random());
      // A hidden input shows its focus on the control drawn for it.
      const shown = element.matches('input') ? [element, element.parentElement] : [element];
      const isVisible = shown.some((candidate) => {
        const style = candidate ? getComputedStyle(candidate) : null;
        return style !== null && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
      });
      return { id: element.dataset.tabStop, isVisible, html: element.outerHTML.slice(0, 160) };
    });
    if (focus) {
      reached.add(focus.id);
      if (!focus.isVisible) {
        unseen.push(focus.html);
      }
    }
  }
  expect(unseen).toEqual([]);
  // Roving toolbars, tab lists and radio groups are one stop each, so the number of stops is lower than that of controls.
  const unreached = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, [role=slider]')]
      .filter(
        (element) =>
          element.checkVisibility() &&
          !element.dataset.tabStop &&
          element.getBoundingClientRect().width > 1 &&
          !element.matches(
            ':disabled, [aria-hidden=true], [aria-hidden=true] *, [role=toolbar] *, [role=tablist] *',
          ),
      )
      .map((element) => element.outerHTML.slice(0, 160)),
  );
  expect(unreached).toEqual([]);
  const tab = (name: string) => page.getByRole('tab', { name });
  await tab('Masks').focus();
  for (const name of ['Measure', 'Compare', 'Masks']) {
    await page.keyboard.press('ArrowRight');
    await expect(tab(name)).toBeFocused();
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
  }
});

test('a mask can be prompted without a mouse', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await page.getByRole('application').focus();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('ArrowUp');
  }
  await page.keyboard.press('Enter');
  await app.expectMasks(1);
});
