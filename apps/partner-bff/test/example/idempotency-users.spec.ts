import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.close());

test('T5 equal Idempotency-Keys of two users of one client are independent', async () => {
  const { body } = await rig.ask('/v2/customers/alice/notifications?limit=1');
  const path = `/v2/notifications/${body.notifications[0].id}/read`;
  const markRead = (user: string) => {
    const scope = 'notifications:read notifications:write';
    const { access_token } = rig.world.idp.control.devToken({ user, audience: 'partner-bff', scope });
    const headers = { Authorization: `Bearer ${access_token}`, 'Idempotency-Key': '"1"' };
    return rig.ask(path, { method: 'POST', headers });
  };
  expect((await markRead('alice')).status).toBe(200);
  const ofBob = await markRead('bob');
  expect([ofBob.status, ofBob.headers.get('idempotency-replayed')]).toEqual([404, null]);
  expect((await markRead('alice')).headers.get('idempotency-replayed')).toBe('true');
});
