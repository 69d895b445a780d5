import { describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '../src/provider/memory-store.ts';
import { createProviderClock } from '../src/provider/provider-clock.ts';

const hour = 3600;

describe('the memory store of the provider', () => {
  test('the memory store deletes entries and their secondary keys an hour after their expiry', async () => {
    const { adapter } = createMemoryStore();
    const [sessions, codes] = [adapter('Session'), adapter('DeviceCode')];
    await sessions.upsert('s1', { uid: 'u1' }, 60);
    await codes.upsert('d1', { userCode: 'ABCD' }, 3 * hour);
    const later = createProviderClock();
    later.shift(60 + hour);
    await later.run(async () => {
      for (let write = 0; write < 1000; write++) await codes.upsert('busy', {}, 60);
    });
    expect(await sessions.find('s1')).toBeUndefined();
    expect(await sessions.findByUid('u1')).toBeUndefined();
    expect(await codes.findByUserCode('ABCD')).toEqual({ userCode: 'ABCD' });
  });

  test('the memory store finds a session by its uid after its id changed', async () => {
    const sessions = createMemoryStore().adapter('Session');
    await sessions.upsert('old', { uid: 'u1' }, 60);
    await sessions.upsert('new', { uid: 'u1', accountId: 'alice' }, 60);
    await sessions.destroy('old');
    expect(await sessions.findByUid('u1')).toEqual({ uid: 'u1', accountId: 'alice' });
  });

  test('revokeByGrantId deletes the entries of one grant and of one model only', async () => {
    const { adapter } = createMemoryStore();
    const [codes, tokens] = [adapter('AuthorizationCode'), adapter('AccessToken')];
    await codes.upsert('c1', { grantId: 'g1' }, 60);
    await tokens.upsert('t1', { grantId: 'g1' }, 60);
    await tokens.upsert('t2', { grantId: 'g2' }, 60);
    await tokens.revokeByGrantId('g1');
    expect(await tokens.find('t1')).toBeUndefined();
    expect(await tokens.find('t2')).toEqual({ grantId: 'g2' });
    expect(await codes.find('c1')).toEqual({ grantId: 'g1' });
  });
});
