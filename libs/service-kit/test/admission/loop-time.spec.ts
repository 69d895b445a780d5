import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { boundedTenants } from '../../src/admission/bounded-tenants.ts';
import { openLoopAccount, settleLoop } from '../../src/admission/loop-time.ts';
import { networkOf } from '../../src/admission/network-of.ts';
import {
  chargeLoop,
  createLoadShedding,
  createMetrics,
  loopAccountOf,
  type LoadSheddingOptions,
  type TenantId,
} from '../../src/index.ts';

let now = 0;
beforeEach(() => void jest.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => void jest.restoreAllMocks());

test('A9 event-loop time is charged to the request whose work runs, and idle time to no request', async () => {
  const [one, other] = [openLoopAccount({}), openLoopAccount({})];
  chargeLoop(one);
  now += 20;
  chargeLoop(other);
  now += 40;
  await nextTurn();
  await nextTurn();
  now += 60;
  chargeLoop(one);
  now += 1;
  expect([settleLoop(one), settleLoop(other)]).toEqual([21, 40]);
});

test('A9 settling the account of a request adds the time that was not charged yet exactly once', async () => {
  const request = {};
  const account = openLoopAccount(request);
  chargeLoop(loopAccountOf(request));
  now += 5;
  expect(settleLoop(account)).toBe(5);
  await nextTurn();
  expect(settleLoop(account)).toBe(5);
});

/** Load shedding whose requests come without a network, so that they all run in one turn of the event loop. */
function inOneTurn(limits: Partial<LoadSheddingOptions>) {
  const metrics = createMetrics('test');
  const shedding = createLoadShedding({ metrics, ...limits });
  return {
    shedding,
    send(app: (request: IncomingMessage, response: ServerResponse) => void): ServerResponse {
      const request = new IncomingMessage(new Socket());
      const response = new ServerResponse(request);
      shedding.admit(app)(request, response);
      return response;
    },
    loopSeconds: async () => {
      const { body } = await metrics.render();
      return body.split('\n').filter((line) => line.startsWith('bff_loop_seconds_total'));
    },
  };
}

test('A9 the time of a rejection is not charged to the request whose work ran before', async () => {
  const { send, loopSeconds } = inOneTurn({ maxInFlight: 1, maxQueued: 0 });
  const first = send(() => void (now += 20));
  jest.spyOn(ServerResponse.prototype, 'end').mockImplementation(function end(this: ServerResponse) {
    now += 300;
    return this;
  });
  send(() => undefined);
  first.emit('close');
  expect(await loopSeconds()).toEqual([
    expect.stringMatching(/route="none",tenant="unauthenticated".* 0\.02$/),
  ]);
});

test('A9 the work of a request after its authentication is charged to it, although another request began when its tenant was known', async () => {
  const { shedding, send, loopSeconds } = inOneTurn({ maxInFlightPerTenant: 1 });
  const authenticate = shedding.shareFairly(() => 't1' as TenantId);
  let next: (() => void) | undefined;
  const known = send((request, response) => {
    next = () => authenticate(request, response, () => void (now += 7));
  });
  const unknown = send(() => void (now += 50));
  next?.();
  for (const response of [known, unknown]) response.emit('close');
  expect(await loopSeconds()).toEqual([
    expect.stringMatching(/tenant="other".* 0\.007$/),
    expect.stringMatching(/tenant="unauthenticated".* 0\.05$/),
  ]);
});

test('A9 tenants that use much of the event loop are labelled by their id in the metrics, but at most fifty of ten thousand', () => {
  const labelOf = boundedTenants();
  expect(labelOf(undefined, 5_000)).toBe('unauthenticated');
  expect([labelOf('t1' as TenantId, 600), labelOf('t1' as TenantId, 600)]).toEqual(['other', 't1']);
  const labels = new Set(Array.from({ length: 10_000 }, (_, i) => labelOf(`many-${i}` as TenantId, 2_000)));
  expect(labels.size).toBe(50);
  expect(labelOf('t1' as TenantId, 0)).toBe('t1');
});

test.each([
  ['203.0.113.7', '203.0.113'],
  ['::ffff:203.0.113.7', '203.0.113'],
  ['2001:db8:1:2::7', '2001:db8:1'],
  ['2001:db8::7', '2001:db8:'],
  ['::1', '::'],
  [undefined, '::'],
])('A9 the client address %s belongs to the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
