import { randomInt } from 'node:crypto';
import { isTaken } from './is-taken.ts';

/**
 * Range of returned ports. It is below the ephemeral ports of Linux (from 32768) and of other systems (from
 * 49152), so that a free port stays free until it is used.
 */
const range = { first: 20_000, last: 32_767 } as const;
const given = new Set<number>();

/** Returns free ports for processes that need a fixed one; no port is returned twice. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(range.first, range.last + 1);
    if (given.has(port) || (await isTaken(port))) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}

/** Returns one of {@link freePorts}. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}
