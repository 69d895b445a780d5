import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDemoService, type DemoService } from '../../src/index.ts';
import { call } from '../caller.ts';

const ours = 'http://localhost:3001';
let service: DemoService;
beforeAll(async () => {
  service = await startDemoService('loyalty-service', { controlOrigins: [ours], slowDelayMs: 0 });
});
afterAll(() => service.close());

const request = (path: string, method: string, origin: string) =>
  fetch(service.url + path, { method, headers: { Origin: origin } });

test('preflight and answers of the control endpoints allow the configured page to set faults', async () => {
  const preflight = await request('/__faults', 'OPTIONS', ours);
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(ours);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, PUT, DELETE');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('Content-Type');
  const answer = await request('/__faults', 'GET', ours);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ours);
  expect(answer.headers.get('vary')).toBe('Origin');
});

test.each(['http://localhost:3002', 'http://127.0.0.1:3001', 'null', `${ours}.evil.example`])(
  'the page at %s may not set faults, and no page may read data',
  async (origin) => {
    const preflight = await request('/__faults', 'OPTIONS', origin);
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([405, null]);
    const data = await request('/api/v1/users/alice/tier', 'GET', ours);
    expect(data.headers.get('access-control-allow-origin')).toBeNull();
  },
);

test('/__sizes returns the size of the last body of each route', async () => {
  const sizes = async () => (await (await fetch(`${service.url}/__sizes`)).json()) as Record<string, number>;
  expect(await sizes()).toEqual({ '/api/v1/users/:id/tier': 0 });
  const { body } = await call(service, '/api/v1/users/alice/tier');
  expect(await sizes()).toEqual({ '/api/v1/users/:id/tier': JSON.stringify(body).length });
});
