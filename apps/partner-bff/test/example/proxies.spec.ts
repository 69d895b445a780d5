import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { current } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const pem = readFileSync(new URL('../data/client-certificate.pem', import.meta.url), 'utf8');
const escaped = encodeURIComponent(pem);
const base64 = pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

/** Header fields that each proxy adds, except the host: client address, certificate, trace. */
const proxies = [
  ['ingress-nginx', 'ssl-client-cert', { 'x-real-ip': '203.0.113.9', 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-scheme': 'https', 'x-request-id': '0123456789abcdef0123456789abcdef', 'ssl-client-cert': escaped, 'ssl-client-verify': 'SUCCESS' }],
  ['Envoy and Istio', 'x-forwarded-client-cert', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-envoy-external-address': '203.0.113.9', 'x-request-id': '6f0c2c1a-9f5c-4b0e-8a59-6c1b5a3d7e11', 'x-b3-traceid': traceId, 'x-forwarded-client-cert': `Hash=ab;Cert="${escaped}";Subject="CN=c"` }],
  ['Traefik', 'x-forwarded-tls-client-cert', { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443', 'x-forwarded-server': 'traefik-0', 'x-forwarded-tls-client-cert': base64 }],
  ['HAProxy', 'client-cert', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', forwarded: 'for=203.0.113.9;proto=https', 'client-cert': `:${base64}:` }],
  ['AWS ALB', 'x-amzn-mtls-clientcert-leaf', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443', 'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678', 'x-amzn-mtls-clientcert-leaf': escaped }],
  ['Cloudflare', 'client-cert', { 'cf-connecting-ip': '203.0.113.9', 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'cf-ray': '230b030023ae2822-SJC', 'cf-visitor': '{"scheme":"https"}', 'client-cert': `:${base64}:` }],
] as const; // prettier-ignore

const path = `${current}/customers/alice/profile`;

describe.each(proxies)('behind %s', (_, field, headers) => {
  let rig: Rig;
  let authorization: string;
  beforeAll(async () => {
    rig = await startRig({
      TRUSTED_PROXIES: '127.0.0.1',
      CLIENT_CERT_HEADER: field,
      BASE_DOMAIN: 'partners.example',
    });
    authorization = `Bearer ${await rig.token('acme-erp-mtls', { 'x-client-cert': escaped })}`;
  });
  afterAll(() => rig.close());

  const ask = (more: Record<string, string> = {}, at = rig.service.url) =>
    fetch(at + path, { headers: { authorization, ...headers, traceparent, ...more } });

  test('F28 a certificate-bound token is accepted behind a trusted proxy, and the answer has the request id of the proxy', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    if ('x-request-id' in headers) expect(answer.headers.get('x-request-id')).toBe(headers['x-request-id']);
  });

  test('F28 a certificate-bound token gets 401 without its certificate, from an untrusted proxy, and without CLIENT_CERT_HEADER', async () => {
    expect((await ask({ [field]: '' })).status).toBe(401);
    const untrusted = await rig.replica({ TRUSTED_PROXIES: '192.0.2.1' });
    const unset = await rig.replica({ CLIENT_CERT_HEADER: '' });
    for (const { url } of [untrusted, unset]) expect((await ask({}, url)).status).toBe(401);
  });

  test('T3 the forwarded host selects the tenant, and is ignored from an untrusted proxy', async () => {
    expect((await ask({ 'x-forwarded-host': 'acme.partners.example' })).status).toBe(200);
    const other = { 'x-forwarded-host': 'globex.partners.example' };
    expect((await ask(other)).status).toBe(403);
    const untrusted = await rig.replica({ TRUSTED_PROXIES: '192.0.2.1', CLIENT_CERT_HEADER: field });
    const plain = `Bearer ${await rig.token('acme-erp')}`;
    expect((await ask({ ...other, authorization: plain }, untrusted.url)).status).toBe(200);
  });
});
