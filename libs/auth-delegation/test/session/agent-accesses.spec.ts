import { beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore, type TenantId } from '@bff/service-kit';
import { createTokenMarks } from '../../src/ending/token-marks.ts';
import { createAgentAccesses, type AgentAccesses } from '../../src/session/agent-accesses.ts';
import { stoppedClock } from '../world/clock.ts';
import { silentLog } from '../world/log.ts';

const owner = { home: 't1' as TenantId, issuer: 'https://idp.example', subject: 'u1' };
const log = silentLog();
const clock = stoppedClock();
/** A Client ID Metadata Document: the name of the client is an address. */
const clientId = 'https://agent.example/clients/desktop.json?v=1';
let agents: AgentAccesses;
beforeEach(() => {
  const store = createMemoryStore({ clock: clock.now });
  agents = createAgentAccesses({
    store,
    marks: createTokenMarks(store, log, clock.now),
    log,
    now: clock.now,
  });
});
const use = (changes: object = {}) =>
  agents.noteUse({ owner, clientId, scopes: ['things:read'], beganAt: clock.now() - 5_000, ...changes });

describe('the agents of a user', () => {
  test('an agent whose client id is an https address is listed with its scopes, under an id that grants no access', async () => {
    await use();
    expect(await agents.list(owner)).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{43}$/),
        clientId,
        scopes: ['things:read'],
        createdAt: clock.now(),
        lastSeenAt: clock.now(),
      },
    ]);
  });

  test('an ended access of an agent is not listed, even if a token from before the end is used afterwards', async () => {
    await use();
    const [access] = await agents.list(owner);
    expect(await agents.endById(owner, access!.id)).toBe(true);
    clock.advance(61);
    await use({ beganAt: clock.now() - 90_000 });
    expect(await agents.list(owner)).toEqual([]);
  });

  test('an access of an agent that the user gave by a login after its end is listed', async () => {
    await use();
    await agents.endAllOf(owner);
    clock.advance(10);
    await use();
    expect(await agents.list(owner)).toHaveLength(1);
  });

  test.each([
    ['another user', { subject: 'u2' }],
    ['another tenant', { home: 't2' as TenantId }],
    ['another provider', { issuer: 'https://other.example' }],
  ])('%s neither sees nor ends the access of an agent', async (_, changes) => {
    await use();
    const [access] = await agents.list(owner);
    const another = { ...owner, ...changes };
    expect(await agents.list(another)).toEqual([]);
    expect(await agents.endById(another, access!.id)).toBe(false);
    expect(await agents.list(owner)).toHaveLength(1);
  });

  test('the time of the last use of an agent is updated at most once a minute', async () => {
    const at = clock.now();
    const beganAt = at - 5_000;
    await use({ beganAt });
    clock.advance(59);
    await use({ beganAt });
    expect(await agents.list(owner)).toMatchObject([{ lastSeenAt: at }]);
    clock.advance(2);
    await use({ beganAt });
    expect(await agents.list(owner)).toMatchObject([{ createdAt: at, lastSeenAt: at + 61_000 }]);
  });
});
