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

/** A behaviour that must work; throws when it does not. */
export interface Check {
  readonly name: string;
  /** Runs the check. @returns the observation in a few words */
  run(context: CheckContext): Promise<string>;
}

type Look = () => Promise<Presence>;

/**
 * Resolves to the seconds until a client is logged out. @throws {Error} when it still has its session after
 * `withinMs`
 */
export async function untilOut(look: Look, withinMs: number): Promise<string> {
  const begun = performance.now();
  await until(async () => (await look()) === 'out', { everyMs: 100, withinMs });
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}

/** Checks that clients keep their sessions. @throws {Error} when one is logged out within `forMs` */
export async function staysIn(looks: Readonly<Record<string, Look>>, forMs: number): Promise<void> {
  const end = performance.now() + forMs;
  do {
    for (const [place, look] of Object.entries(looks))
      if ((await look()) === 'out') throw new Error(`${place} was logged out`);
    await setTimeout(250);
  } while (performance.now() < end);
}

/** Checks a status. @throws {Error} unless it is the expected one */
export function expectStatus(what: string, status: number, expected: number): void {
  if (status !== expected) throw new Error(`${what} answered ${status}, not ${expected}`);
}

export const signOutAtProvider = async (realm: Realm, userId: string): Promise<void> =>
  void (await realm.call('POST', `users/${userId}/logout`));
