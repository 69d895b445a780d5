import { setTimeout } from 'node:timers/promises';
import { until } from '@bff/testbed';
import type { Realm } from '../provider/realm.ts';
import type { KeycloakServer } from '../provider/server.ts';
import type { Presence } from '../clients/web-user.ts';
import type { KeycloakWorld } from '../world.ts';

export interface CheckContext {
  readonly realm: Realm;
  readonly world: KeycloakWorld;
  readonly keycloak: KeycloakServer;
  /** REVALIDATION_SECONDS, in milliseconds. */
  readonly intervalMs: number;
}

/** Something that has to work; throws where it does not. */
export interface Check {
  readonly name: string;
  /** @returns what was seen, in a few words */
  run(context: CheckContext): Promise<string>;
}

type Look = () => Promise<Presence>;

/** Seconds until a place is out. @throws {Error} when it is still in after `withinMs` */
export async function untilOut(look: Look, withinMs: number): Promise<string> {
  const begun = performance.now();
  await until(async () => (await look()) === 'out', { everyMs: 100, withinMs });
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}

/** @throws {Error} when a place is out before the time has passed */
export async function staysIn(looks: Readonly<Record<string, Look>>, forMs: number): Promise<void> {
  const end = performance.now() + forMs;
  do {
    for (const [place, look] of Object.entries(looks))
      if ((await look()) === 'out') throw new Error(`${place} was logged out`);
    await setTimeout(250);
  } while (performance.now() < end);
}

/** @throws {Error} unless the status is the one that is expected */
export function expectStatus(what: string, status: number, expected: number): void {
  if (status !== expected) throw new Error(`${what} answered ${status}, not ${expected}`);
}

export const signOutAtProvider = async (realm: Realm, userId: string): Promise<void> =>
  void (await realm.call('POST', `users/${userId}/logout`));
