import { setTimeout } from 'node:timers/promises';
import { connectAgent } from '@bff/demo-world';
import { createBrowser } from '@bff/dev-idp';
import { launchBrowser } from '../../launch-browser.ts';
import { beginLogin, finishLogin } from '../../log-in.ts';
import { changeOwnAttributes } from '../clients/account.ts';
import { replacedKey, signedWith } from './key-checks.ts';
import { expectStatus, signOutAtProvider, staysIn, untilOut, type Check } from './looks.ts';
import { outage } from './outage-check.ts';
import { callAsPartner, partnerToken } from '../clients/partner.ts';
import { connectDevice, logInOnPhone } from '../clients/phone.ts';
import { logInToWeb } from '../clients/web-user.ts';

const realBrowser: Check = {
  name: 'Login in a real browser',
  async run({ realm, world }) {
    await realm.addUser({ username: 'alice', tenants: ['acme'] });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const login = { origin: world.web, returnTo: '/auth/session' };
      await beginLogin(page, login);
      await finishLogin(page, login, { username: 'alice' });
      const { sub, tenant, roles } = JSON.parse(await page.innerText('pre')) as Record<string, unknown>;
      return `Chromium ${browser.version()}: ${JSON.stringify({ sub, tenant, roles })}`;
    } finally {
      await browser.close();
    }
  },
};

const phoneAndDevice: Check = {
  name: 'Login and refresh on a phone and on a device without a browser',
  async run({ realm, world, intervalMs }) {
    const username = 'phone-and-device';
    await realm.addUser({ username, tenants: ['acme'] });
    const phone = await logInOnPhone(world.mobile, username);
    const device = await connectDevice(world.mobile, username);
    await staysIn({ phone: phone.look, device: device.look }, 2 * intervalMs);
    expectStatus('the refresh of the phone', await phone.refresh(), 200);
    expectStatus('the refresh of the device', await device.refresh(), 200);
    return 'logged in, and still logged in after two intervals';
  },
};

const partner: Check = {
  name: 'A partner with client credentials',
  async run({ realm, world }) {
    const token = await partnerToken(realm, 'orders:read');
    expectStatus('an operation', await callAsPartner(world.partner, token), 200);
    const without = await partnerToken(realm, 'customers:read');
    expectStatus('an operation without its scope', await callAsPartner(world.partner, without), 403);
    await realm.changeClient('acme-erp', { enabled: false });
    const refused = await partnerToken(realm, 'orders:read').then(() => 'granted', String);
    await realm.changeClient('acme-erp', { enabled: true });
    return `200 with the scope, 403 without; client disabled in Keycloak: no new token (${refused.replace('Error: ', '')}), the last one is valid until its \`exp\``;
  },
};

const agent: Check = {
  name: 'An agent with the official client',
  async run({ realm, world }) {
    // The demo services must know this user, because the agent changes data of the user.
    const username = 'acme-user-030';
    await realm.addUser({ username, tenants: ['acme'] });
    const web = await logInToWeb({ origin: world.web, username });
    const url = `${world.agents}/mcp`;
    const connected = await connectAgent({ url, username });
    try {
      const before = connected.scopes();
      const { structuredContent: list } = await connected.call('listOrders', { limit: 2 });
      if (!Object.hasOwn((list ?? {}) as object, 'orders'))
        throw new Error(`a read: ${JSON.stringify(list)}`);
      if (before.includes('preferences:write')) throw new Error('the scope of a write was granted at once');
      const { structuredContent: preferences, content } = await connected.call('getPreferences');
      if (!preferences) throw new Error(`a read with another scope: ${JSON.stringify(content)}`);
      const { version } = (preferences as { readonly _meta: { readonly version: string } })._meta;
      const change = await connected.call('changePreferences', { version, body: { theme: 'dark' } });
      if (change.isError) throw new Error(`a write: ${JSON.stringify(change.content)}`);
      const granted = connected.scopes().filter((scope) => !before.includes(scope));
      const foreign = await partnerToken(realm, 'orders:read');
      const headers = { Authorization: `Bearer ${foreign}`, 'Content-Type': 'application/json' };
      const refused = await fetch(url, { method: 'POST', headers, body: '{}' });
      expectStatus("a partner's token", refused.status, 401);
      expectStatus('the end of access', await web.endAgent('demo-agent'), 204);
      const after = await connected.client.callTool({ name: 'listOrders', arguments: {} }).then(
        () => 'answered',
        () => 'rejected',
      );
      if (after !== 'rejected') throw new Error('the agent was answered after its access ended');
      return `reads; a write after the user granted ${granted.join(' ')}; a partner's token 401; rejected once the user ended its access in web-bff`;
    } finally {
      await connected.close();
    }
  },
};

const singleSignOut: Check = {
  name: 'A logout at web-bff, then at Keycloak, ends the other sessions of the same browser',
  async run({ realm, world }) {
    const username = 'single-sign-out';
    const browser = createBrowser();
    await realm.addUser({ username, tenants: ['acme'] });
    const web = await logInToWeb({ origin: world.web, username, browser });
    const phone = await logInOnPhone(world.mobile, username, browser);
    await web.logout();
    return `the session of mobile-bff after ${await untilOut(phone.look, 3_000)}`;
  },
};

const refreshTokensAcceptedOnce: Check = {
  name: 'Revoke Refresh Token is on: each refresh token is accepted once',
  async run({ realm, world, intervalMs }) {
    await realm.call('PUT', '', { revokeRefreshToken: true, refreshTokenMaxReuse: 0 });
    try {
      const username = 'accepted-once';
      await realm.addUser({ username, tenants: ['acme'] });
      const web = await logInToWeb({ origin: world.web, username });
      const phone = await logInOnPhone(world.mobile, username);
      await setTimeout(intervalMs);
      // Sends the same renewal token four times at once, as several pages or retries do.
      const confirmed = await Promise.all([1, 2, 3, 4].map(() => web.revalidate()));
      for (const { status } of confirmed) expectStatus('a confirmation', status, 204);
      for (const status of await Promise.all([phone.refresh(), phone.refresh()]))
        expectStatus('a refresh', status, 200);
      await staysIn({ web: web.look, phone: phone.look }, 2 * intervalMs);
      return 'sessions confirmed by concurrent requests, nobody logged out';
    } finally {
      await realm.call('PUT', '', { revokeRefreshToken: false });
    }
  },
};

const frontChannelPreset: Check = {
  name: 'F33 Front channel logout is left on, as the console presets it',
  async run({ realm, world, intervalMs }) {
    await realm.changeClient('web-bff', { frontchannelLogout: true });
    try {
      const username = 'front-channel';
      const userId = await realm.addUser({ username, tenants: ['acme'] });
      const web = await logInToWeb({ origin: world.web, username });
      await signOutAtProvider(realm, userId);
      return `logged out after ${await untilOut(web.look, intervalMs + 2_000)}`;
    } finally {
      await realm.changeClient('web-bff', { frontchannelLogout: false });
    }
  },
};

const chosenTenant: Check = {
  name: 'F32 A user tries to move into another tenant in the account console',
  async run({ realm, world }) {
    const username = 'mover';
    const id = await realm.addUser({ username, tenants: ['acme'] });
    const status = await changeOwnAttributes(realm, username, { tid: ['globex'] });
    const user = await realm.call<{ attributes?: { tid?: readonly string[] } }>('GET', `users/${id}`);
    if (String(user.attributes?.tid) !== 'acme')
      throw new Error(`the tenant was changed to ${user.attributes?.tid}`);
    await logInToWeb({ origin: world.web, username });
    return `Keycloak answers ${status}, and the tenant is unchanged`;
  },
};

const manyGroups: Check = {
  name: 'A user in 150 groups, each with a role',
  async run({ realm, world }) {
    const username = 'many-groups';
    const userId = await realm.addUser({ username, tenants: ['acme'] });
    for (let index = 0; index < 150; index++) {
      const name = `a department with a long name ${index}`;
      await realm.create('roles', { name });
      const role = await realm.call<object>('GET', `roles/${encodeURIComponent(name)}`);
      const group = await realm.create('groups', { name });
      await realm.call('POST', `groups/${group}/role-mappings/realm`, [role]);
      await realm.call('PUT', `users/${userId}/groups/${group}`);
    }
    const web = await logInToWeb({ origin: world.web, username });
    const phone = await logInOnPhone(world.mobile, username);
    await staysIn({ web: web.look, phone: phone.look }, 0);
    expectStatus('the refresh', await phone.refresh(), 200);
    return 'logged in and refreshed; `ROLE_MAP` keeps what the services need';
  },
};

/** Checks in the order in which they run. The outage is last, because it kills the provider. */
export const checks: readonly Check[] = [
  realBrowser,
  phoneAndDevice,
  partner,
  agent,
  singleSignOut,
  refreshTokensAcceptedOnce,
  frontChannelPreset,
  chosenTenant,
  manyGroups,
  signedWith('EdDSA', 'eddsa-generated', { eddsaEllipticCurveKey: ['Ed25519'] }),
  signedWith('PS256', 'rsa-generated', { algorithm: ['PS256'] }),
  replacedKey,
  outage,
];
