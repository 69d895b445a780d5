import { expectStatus, staysIn, type Check } from './looks.ts';
import { callAsPartner, partnerToken } from '../clients/partner.ts';
import { logInOnPhone } from '../clients/phone.ts';
import { createCookieClient } from '../clients/http-browser.ts';
import { logInToWeb } from '../clients/web-user.ts';

const line = 'identity provider is not responding: sessions that are due for revalidation stay valid';

/** Kills Keycloak for more than two intervals, and restarts it with its database. */
export const outage: Check = {
  name: 'Keycloak is killed, unavailable for two intervals, and restarted',
  async run({ realm, world, keycloak, intervalMs }) {
    const username = 'outage';
    await realm.addUser({ username, tenants: ['acme'] });
    const web = await logInToWeb({ origin: world.web, username });
    const phone = await logInOnPhone(world.mobile, username);
    const token = await partnerToken(realm, 'orders:read');
    expectStatus('a partner', await callAsPartner(world.partner, token), 200);
    const looks = { web: web.look, phone: phone.look };
    const seen = world.log.filter((each) => each.includes(line)).length;

    await keycloak.kill();
    await staysIn(looks, 2 * intervalMs);
    expectStatus('a partner during the outage', await callAsPartner(world.partner, token), 200);
    const login = await createCookieClient().call('GET', `${world.web}/auth/login`);
    const lines = world.log.filter((each) => each.includes(line)).length - seen;

    if (lines === 0) throw new Error('no BFF logged that Keycloak is unreachable');

    await keycloak.start();
    // During the outage sessions were extended by a minute or two. A client's request before that time has
    // passed triggers the confirmation.
    await staysIn(looks, intervalMs);
    await logInToWeb({ origin: world.web, username });
    return `nobody logged out, partners served, a login during the outage answers ${login.status}, ${lines} log lines of two BFFs; afterwards logins work`;
  },
};
