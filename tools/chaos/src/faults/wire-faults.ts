import type { Fleet } from '../fleet/fleet.ts';
import { serviceNames } from '../fleet/services.ts';
import type { Wire, WireFault } from '../fleet/wire.ts';
import type { Disturbance } from './disturbance.ts';

/**
 * Byte offsets at which a connection is cut: in the header section of an HTTP answer, which has more than 200
 * bytes, and in its body.
 */
const [inHead, inBody] = [20, 500];

const ofAnyWire: readonly (readonly [string, WireFault])[] = [
  ['300 ms each way', { latencyMs: 300 }],
  ['2 KB a second', { bytesPerSecond: 2_000 }],
  ['byte by byte', { byteByByte: true }],
  ['cut in the head', { cutAfter: inHead }],
  ['cut in the body', { cutAfter: inBody }],
  ['reset at the first byte', { cutAfter: 0, isReset: true }],
  ['silent', { isSilent: true }],
  ['open connections lost', { isHalfOpen: true }],
];
/**
 * Faults of the connection to Redis. Its answers are a few bytes long, and a request needs several of them.
 */
const ofRedis: typeof ofAnyWire = [
  ['100 ms each way', { latencyMs: 100 }],
  ['2 KB a second', { bytesPerSecond: 2_000 }],
  ['byte by byte', { byteByByte: true }],
  ['cut in an answer', { cutAfter: 3 }],
  ['reset at the first byte', { cutAfter: 0, isReset: true }],
  ['silent', { isSilent: true }],
  ['open connections lost', { isHalfOpen: true }],
];
const ofMessages: typeof ofAnyWire = [
  ['silent', { isSilent: true, onlyMarked: true }],
  ['reset at the first byte', { cutAfter: 0, isReset: true, onlyMarked: true }],
  ['open connection lost', { isHalfOpen: true, onlyMarked: true }],
];

const on = (
  to: string,
  wireOf: (fleet: Fleet) => Wire,
  faults: typeof ofAnyWire,
  hasLogins = false,
): Disturbance[] =>
  faults.map(([name, fault]) => ({
    name: `wire to ${to}: ${name}`,
    begin: (fleet) => wireOf(fleet).set(fault),
    end: (fleet) => wireOf(fleet).set(undefined),
    hasLogins,
  }));

/** All wire faults; one is active at a time. */
export const wireFaults: readonly Disturbance[] = [
  ...ofAnyWire.flatMap((fault) =>
    serviceNames.flatMap((service) =>
      on(`${service}-service`, ({ wires }) => wires.service(service), [fault]),
    ),
  ),
  ...on('Redis', ({ wires }) => wires.redis, ofRedis),
  ...on("Redis' messages", ({ wires }) => wires.redis, ofMessages),
  ...on('the provider', ({ wires }) => wires.idp, ofAnyWire, true),
];
