import { randomInt } from 'node:crypto';
import { isTaken } from './is-taken.ts';

/** Below those that Linux (32768) and others (49152) hand out by themselves: what is free here stays free until it is used. */
const range = { first: 20_000, last: 32_767 } as const;
const given = new Set<number>();

/** Ports where nothing listens, for processes that cannot be told to take any; no port is given twice. */
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

/** One of {@link freePorts}. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}
