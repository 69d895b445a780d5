import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { finishLogin } from '../src/index.ts';
import { barriers } from './barriers.ts';
import { card, logIn, setService, takePicture, useDemoPage } from './demo-page.ts';

const { open, world } = useDemoPage();

test.each(['light', 'dark'] as const)(
  'axe finds no violation in the %s page, logged out and logged in',
  async (colorScheme) => {
    const { page } = await open({ colorScheme });
    await page.getByRole('link', { name: 'Log in' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await logIn(page);
    await card(page, 'Preferences').getByLabel('theme').waitFor();
    expect(await barriers(page)).toEqual([]);
    await takePicture(page, colorScheme);
  },
);

test('the colour switch is labelled, overrides the system setting, and is remembered', async () => {
  const { page } = await open({ colorScheme: 'light' });
  // Not waitForFunction: it polls by eval, which the page's policy forbids.
  const ground = async (color: string) => {
    const shown = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    for (const end = performance.now() + 10_000; performance.now() < end && (await shown()) !== color;)
      await page.waitForTimeout(50);
    expect(await shown()).toBe(color);
  };
  await ground('rgb(246, 247, 249)');
  await page.locator('label').getByText('Theme').waitFor({ state: 'visible' });
  await page.getByLabel('Theme').selectOption('dark');
  await ground('rgb(15, 18, 22)');
  await page.reload();
  await ground('rgb(15, 18, 22)');
  expect(await page.getByLabel('Theme').inputValue()).toBe('dark');
});

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Returns the controls less than 44 CSS pixels high, the target size of WCAG 2.2, 2.5.5. */
const small = (page: Page) =>
  page.evaluate(
    `[...document.querySelectorAll('a.button, button, select, label')]
      .filter((each) => each.getBoundingClientRect().height < 44 && !each.querySelector('select'))
      .map((each) => each.outerHTML)`,
  );

test.each(['light', 'dark'] as const)(
  'on a phone of 360 px (%s) no page overflows, controls are large and axe finds no violation: logged out, logged in, degraded',
  async (colorScheme) => {
    const { page } = await open({ ...phone, colorScheme });
    const expectUsable = async () => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await small(page)).toEqual([]);
      expect(await barriers(page)).toEqual([]);
    };
    await page.getByRole('link', { name: 'Log in' }).waitFor();
    await expectUsable();
    await logIn(page);
    await card(page, 'Preferences').getByLabel('theme').waitFor();
    await expectUsable();
    if (colorScheme === 'dark') await takePicture(page, 'phone');
    await setService(page, 'loyalty', 'error');
    await card(page, 'Degraded parts').waitFor();
    await expectUsable();
  },
);

test.each(['light', 'dark'] as const)('axe finds no violation in a degraded %s page', async (colorScheme) => {
  const { page } = await open({ colorScheme });
  await logIn(page, 'bob');
  await setService(page, 'notification', 'error');
  await card(page, 'Degraded parts').waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('by keyboard alone a user can log in, set a fault of a service and be notified of the degraded part', async () => {
  const { page } = await open();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Log in');
  await page.keyboard.press('Enter');
  await finishLogin(page, { origin: world().origin, returnTo: '/' }, { username: 'alice' });
  await page.getByText('Everything is here.').waitFor();
  await page
    .getByRole('group', { name: 'notification-service' })
    .getByRole('radio', { name: 'works' })
    .focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('status').getByText('notifications failed: shown is').waitFor();
  expect(await page.evaluate('document.activeElement.value')).toBe('error');
});
