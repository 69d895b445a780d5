import { expect, test } from '@jest/globals';
import { createWebClient } from '@bff/web-bff/client';
import { finishLogin } from '../src/index.ts';
import { barriers } from './barriers.ts';
import { card, logIn, setService, takePicture, useDemoPage } from './demo-page.ts';

const { open, world } = useDemoPage();

test('login, profile, lists and logout work without a policy violation or an error', async () => {
  const { page, complaints } = await open();
  await page.getByRole('heading', { name: 'One page, five services, one answer' }).waitFor();
  // The session check answers 401 when nobody is logged in; the page reports no other error.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
  await logIn(page);

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Alice/);
  expect(await card(page, 'Profile').getByText('alice@acme.example').isVisible()).toBe(true);
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  await card(page, 'Orders').getByRole('button', { name: 'All orders' }).click();
  await card(page, 'Orders').getByRole('button', { name: 'Next page' }).click();
  await card(page, 'Orders').getByRole('listitem').nth(19).waitFor();

  const unread = card(page, 'Notifications').getByRole('button', { name: /^Mark read: / });
  const before = await unread.count();
  await unread.first().click();
  await card(page, 'Notifications').getByText('is marked as read').waitFor();
  expect(await unread.count()).toBe(before - 1);

  await page.getByRole('button', { name: 'Log out' }).click();
  // A page of the provider.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
});

test('A1 while order-service hangs, the page marks the orders as stale or missing', async () => {
  const { page } = await open();
  await logIn(page);
  await setService(page, 'order', 'hang');
  const marks = card(page, 'Degraded parts').getByRole('listitem');
  await marks.first().waitFor();
  expect(await marks.allTextContents()).toEqual([
    expect.stringMatching(
      /^orders did not answer in time: shown is an older copy, \d+ s old\.timeout · stale$/,
    ),
  ]);
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  expect(await card(page, 'Profile').getByText('alice@acme.example').isVisible()).toBe(true);
  expect(await card(page, 'Last answer 200').getByText('No ETag').isVisible()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await takePicture(page, 'degraded');

  // There is no cached answer with the orders of bob.
  const { page: another } = await open();
  await another.getByRole('link', { name: 'Log in' }).click();
  await finishLogin(another, { origin: world().origin, returnTo: '/' }, { username: 'bob' });
  await card(another, 'Degraded parts').getByText('shown is a default').waitFor();
  expect(await card(another, 'Orders').getByText('Not known for the moment.').isVisible()).toBe(true);
});

test('A1 the page waits for a slow service, marks a failing one, and is complete again after its recovery', async () => {
  const { page } = await open();
  await logIn(page);
  await setService(page, 'user', 'slow');
  await setService(page, 'notification', 'error');
  const marks = card(page, 'Degraded parts').getByRole('listitem');
  await marks.first().waitFor();
  expect(await marks.allTextContents()).toEqual([expect.stringMatching(/^notifications failed: /)]);
  await setService(page, 'notification', 'works');
  await page.getByText('Everything is here.').waitFor();
  expect(await marks.count()).toBe(0);
});

test('preferences are saved with If-Match, so that a concurrent change is not overwritten', async () => {
  const { page } = await open();
  await logIn(page, 'bob');
  const form = card(page, 'Preferences');
  await form.getByLabel('language').selectOption('ja');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();

  const cookies = await page.context().cookies(world().origin);
  const elsewhere = createWebClient({
    baseUrl: world().origin,
    fetch(request) {
      request.headers.set('Cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
      return fetch(request);
    },
  });
  const read = await elsewhere.GET('/api/preferences');
  expect(read.data).toMatchObject({ language: 'ja' });
  const header = { 'If-Match': read.response.headers.get('etag') ?? '' };
  await elsewhere.PATCH('/api/preferences', { params: { header }, body: { language: 'de' } });

  await form.getByLabel('theme').selectOption('dark');
  await form.getByLabel('language').selectOption('en');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Somebody else has changed them meanwhile.').waitFor();
  expect(await form.getByLabel('language').inputValue()).toBe('de');
});

test('T1 a user of two tenants sees the data of the chosen tenant under the policy of that tenant', async () => {
  const { page } = await open();
  await logIn(page, 'max');
  const name = () => page.getByRole('heading', { level: 1 }).textContent();
  const atAcme = await name();
  await page.getByLabel('Tenant').selectOption('globex');
  await card(page, 'Preferences').getByText('Your tenant does not show them.').waitFor();
  expect(await name()).not.toBe(atAcme);
});

test('a user of globex sees name, email and order ids, and no rows for blocked members', async () => {
  const { page } = await open();
  await logIn(page, 'gina');
  await card(page, 'Preferences').getByText('Your tenant does not show them.').waitFor();
  expect(await card(page, 'Profile').getByRole('term').allTextContents()).toEqual(['Email']);
});
