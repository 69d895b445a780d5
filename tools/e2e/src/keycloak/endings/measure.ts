import { setTimeout } from 'node:timers/promises';
import type { Ending, Subject } from './endings.ts';
import { logInOnPhone } from '../clients/phone.ts';
import type { Realm } from '../provider/realm.ts';
import { logInToWeb, type Presence } from '../clients/web-user.ts';
import type { KeycloakWorld } from '../world.ts';

export const places = ['web', 'web, second replica', 'mobile', 'mobile, second replica'] as const;
export type Place = (typeof places)[number];

/** Seconds until each client was logged out; undefined for one that kept its session. */
export interface Measured {
  readonly ending: string;
  readonly ends: Ending['ends'];
  readonly seconds: Readonly<Record<Place, number | undefined>>;
}

export interface MeasureOptions {
  readonly realm: Realm;
  readonly world: KeycloakWorld;
  /** A user that no other measurement uses. */
  readonly username: string;
  /** Time for which a client that keeps its session is observed, in milliseconds. */
  readonly watchMs: number;
}

const pollMs = 150;

/**
 * Logs a user in on the web and on a phone, ends the sessions, and observes both until they are logged out.
 */
export async function measureEnding(ending: Ending, options: MeasureOptions): Promise<Measured> {
  const { realm, world, username, watchMs } = options;
  const userId = await realm.addUser({ username, tenants: ['acme'] });
  const web = await logInToWeb({ origin: world.web, username });
  const phone = await logInOnPhone(world.mobile, username);
  const subject: Subject = { userId, username, web, origin: world.web };
  const looks: Readonly<Record<Place, () => Promise<Presence>>> = {
    web: () => web.look(),
    'web, second replica': () => web.lookAt(world.otherWeb),
    mobile: () => phone.look(),
    'mobile, second replica': () => phone.lookAt(world.otherMobile),
  };
  for (const [place, look] of Object.entries(looks))
    if ((await look()) !== 'in')
      throw new Error(`${ending.name}: ${place} is not logged in before the start`);

  // Waits more than a second, because Keycloak's not-before has a resolution of seconds: tokens issued in the
  // same second would stay valid.
  await setTimeout(1_100);
  await ending.act(realm, subject);
  const begun = performance.now();
  const isOver = { web: false, mobile: false };
  const watch = async (place: Place): Promise<number | undefined> => {
    const app = place.startsWith('web') ? 'web' : 'mobile';
    let outAt: number | undefined;
    while (performance.now() - begun < watchMs) {
      const presence = await looks[place]();
      if (presence === 'in') outAt = undefined;
      if (presence === 'out') outAt ??= performance.now();
      // The second replica also rejects a session that is only due for confirmation. Therefore its answer
      // counts only after the first replica has rejected the session too.
      if (presence === 'out' && place === app) isOver[app] = true;
      if (presence === 'out' && isOver[app]) break;
      await setTimeout(pollMs);
    }
    return outAt === undefined || !isOver[app] ? undefined : (outAt - begun) / 1000;
  };
  const seconds = await Promise.all(places.map(async (place) => [place, await watch(place)] as const));
  return {
    ending: ending.name,
    ends: ending.ends,
    seconds: Object.fromEntries(seconds) as unknown as Measured['seconds'],
  };
}
