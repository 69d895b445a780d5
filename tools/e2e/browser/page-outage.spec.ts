import { expect, test } from '@jest/globals';
import { barriers } from './barriers.ts';
import { card, logIn, useDemoPage } from './demo-page.ts';

// A cached answer would hide the killed service.
process.env['CACHE_CONTROL'] = 'no-store';
const { open, world } = useDemoPage();

test('A4 when a service is killed and restarted, the page lists the missing part, and recovers by itself', async () => {
  const { page } = await open();
  await logIn(page);
  await world().kill('notification-service');
  await page.getByRole('button', { name: 'Reload' }).click();
  const marks = card(page, 'Degraded parts').getByRole('listitem');
  await marks.getByText(/failed: shown is a default\.$/).waitFor();
  expect(await marks.count()).toBe(1);
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  await page.evaluate('globalThis.untouched = true');

  await world().restart('notification-service');
  await page.getByText('Everything is here.').waitFor();
  expect(await marks.count()).toBe(0);
  expect(await page.evaluate('globalThis.untouched')).toBe(true);
  await page.reload();
  await page.getByText('Everything is here.').waitFor();
});

test('while web-bff is down, the page keeps its data, and after a restart without sessions it offers the login', async () => {
  const { page } = await open();
  await logIn(page);
  await world().kill('web-bff');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByText('The profile cannot be shown: web-bff does not respond.').waitFor();
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  await world().restart('web-bff');
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByText('alice · acme').waitFor();
  await page.getByText('Everything is here.').waitFor();
});

test('W10 while the session cannot be verified, the page offers no login, and retries after the given time', async () => {
  const { page } = await open();
  await logIn(page);
  let asked = 0;
  await page.clock.install();
  await page.route('**/auth/session', (route) => {
    asked++;
    return route.fulfill({ status: 503, headers: { 'Retry-After': '40' }, json: { status: 503 } });
  });
  await page.reload();
  await page.getByRole('heading', { name: 'The service cannot be reached' }).waitFor();
  expect(await page.getByRole('link', { name: 'Log in' }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await page.clock.fastForward(20_000);
  // A request of the page itself would come before this one.
  await page.evaluate("fetch('/auth/session')");
  expect(asked).toBe(2);

  await page.unroute('**/auth/session');
  await page.clock.fastForward(20_000);
  await page.getByText('Everything is here.').waitFor();
  await page.getByText('alice · acme').waitFor();
});
