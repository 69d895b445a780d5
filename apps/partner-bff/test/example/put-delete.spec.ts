import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ BURST_LIMIT: '100000' });
});
afterAll(() => rig.close());

describe.each(['v1', 'v2'])('%s', (version) => {
  const path = `/${version}/customers/bob/preferences`;
  const send = (method: string, at: string, headers: Record<string, string> = {}, body?: unknown) =>
    rig.ask(at, {
      method,
      body,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...headers },
    });

  test('PUT replaces all preferences when the partner has the current version', async () => {
    const etag = (await rig.ask(path)).headers.get('etag')!;
    const replaced = await send('PUT', path, { 'If-Match': etag }, { theme: version });
    expect([replaced.status, replaced.body.preferences]).toEqual([200, { theme: version }]);
    const after = await rig.ask(path);
    expect([after.body.preferences, after.headers.get('etag')]).toEqual([
      { theme: version },
      replaced.headers.get('etag'),
    ]);
    expect((await send('PUT', path, { 'If-Match': etag }, {})).status).toBe(412);
    expect((await send('PUT', path, {}, {})).status).toBe(428);
  });

  test('DELETE removes a notification, a repetition with the same Idempotency-Key gets the same answer, and a second DELETE gets 404', async () => {
    const { notifications } = (await rig.ask(`/${version}/customers/bob/notifications`)).body;
    const at = `/${version}/notifications/${notifications[0].id}`;
    const headers = { 'Idempotency-Key': randomUUID() };
    expect((await send('DELETE', at, headers)).status).toBe(204);
    const repeated = await send('DELETE', at, headers);
    expect([repeated.status, repeated.headers.get('idempotency-replayed')]).toEqual([204, 'true']);
    expect((await send('DELETE', at)).status).toBe(404);
  });
});
