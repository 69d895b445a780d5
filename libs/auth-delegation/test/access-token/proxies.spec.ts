import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@bff/testbed';
import { readSettings, type SettingsError } from '@bff/service-kit';
import {
  certificateHeaderNames,
  type CertificateHeader,
} from '../../src/access-token/certificate-headers.ts';
import { clientCertificateReader } from '../../src/access-token/client-certificate.ts';
import { certificateErrors, certificateSettings } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'proxies-'));
afterAll(() => rmSync(folder, { recursive: true }));

function certificate(name: string) {
  const { cert: pem } = selfSignedCertificate(folder, name);
  const der = new X509Certificate(pem).raw;
  return { pem, der, base64: der.toString('base64') };
}
const client = certificate('client');
const other = certificate('other');

type Headers = Readonly<Record<string, string | readonly string[]>>;
const proxy = '10.1.2.3';

/** Returns the base64 of the certificate that is read; undefined for none. */
function read(
  clientCertHeader: CertificateHeader | undefined,
  headers: Headers,
  peerAddress = proxy,
): string | undefined {
  const reader = clientCertificateReader({ trustedProxies: ['10.0.0.0/8'], clientCertHeader });
  return reader({
    method: 'GET',
    url: 'https://partner.example/',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()])),
    peerAddress,
    peerCertificate: () => undefined,
  })?.toString('base64');
}

const escaped = (pem: string) => encodeURIComponent(pem);
/** AWS does not escape `+`, `=` and `/`. */
const awsEscaped = (pem: string) => encodeURI(pem).replaceAll('\n', '%0A');
const xfcc = (pem: string) =>
  `Hash=${'a'.repeat(64)};Cert="${escaped(pem)}";Subject="CN=client,O=\\"T, 1\\"";URI=`;

/** Each proxy, its field, and the forms in which it may send the certificate. */
const proxies: readonly (readonly [proxy: string, field: CertificateHeader, forms: (pem: typeof client) => readonly Headers[]])[] = [
  ['ingress-nginx', 'ssl-client-cert', ({ pem }) => [{ 'ssl-client-cert': escaped(pem), 'ssl-client-verify': 'SUCCESS', 'ssl-client-subject-dn': 'CN=client' }]],
  ['nginx', 'x-client-cert', ({ pem }) => [{ 'x-client-cert': escaped(pem) }]],
  ['Envoy', 'x-forwarded-client-cert', ({ pem }) => [{ 'x-forwarded-client-cert': xfcc(pem) }, { 'x-forwarded-client-cert': `Cert="${escaped(pem)}"` }]],
  ['Istio', 'x-forwarded-client-cert', ({ pem }) => [{ 'x-forwarded-client-cert': `By=spiffe://cluster.local/ns/a/sa/b;Hash=ab;Cert="${escaped(pem)}";Subject="";URI=spiffe://cluster.local/ns/c/sa/d` }]],
  ['Traefik 2', 'x-forwarded-tls-client-cert', ({ base64 }) => [{ 'x-forwarded-tls-client-cert': escaped(base64) }, { 'x-forwarded-tls-client-cert': escaped(`${base64},${other.base64}`) }]],
  ['Traefik 3', 'x-forwarded-tls-client-cert', ({ base64 }) => [{ 'x-forwarded-tls-client-cert': base64 }, { 'x-forwarded-tls-client-cert': `${base64},${other.base64}` }]],
  ['HAProxy', 'client-cert', ({ base64 }) => [{ 'client-cert': `:${base64}:` }]],
  ['AWS ALB', 'x-amzn-mtls-clientcert-leaf', ({ pem }) => [{ 'x-amzn-mtls-clientcert-leaf': awsEscaped(pem), 'x-amzn-mtls-clientcert-serial-number': '01' }]],
  ['Cloudflare', 'client-cert', ({ base64 }) => [{ 'client-cert': `:${base64}:`, 'cf-cert-verified': 'true' }]],
  ['Cloudflare, forwarding', 'cf-client-cert-der-base64', ({ base64 }) => [{ 'cf-client-cert-der-base64': base64 }]],
]; // prettier-ignore

describe.each(proxies)('F28 the certificate of %s in %s', (_, field, formsOf) => {
  const forms = formsOf(client);

  test('the client certificate is read from the field of the trusted proxy, in each of its forms', () => {
    for (const form of forms) expect(read(field, form)).toBe(client.base64);
  });

  test('the client certificate is ignored when an untrusted client sends its field', () => {
    for (const form of forms)
      for (const peer of ['203.0.113.9', '::1']) expect(read(field, form, peer)).toBeUndefined();
  });

  test('the client certificate is ignored when CLIENT_CERT_HEADER is not set or names another field', () => {
    for (const form of forms)
      for (const configured of [undefined, ...certificateHeaderNames.filter((name) => name !== field)])
        expect(read(configured, form)).toBeUndefined();
  });

  test('the client certificate is read from the configured field only, whatever other fields the client sends', () => {
    const invented = Object.assign(
      {},
      ...proxies.flatMap(([, name, forge]) => (name === field ? [] : forge(other))),
    );
    for (const form of forms) expect(read(field, { ...invented, ...form })).toBe(client.base64);
    expect(read(field, invented)).toBeUndefined();
  });

  test('the client certificate is ignored when its field is repeated, empty, or malformed', () => {
    for (const form of forms) {
      const value = form[field] as string;
      for (const wrong of [
        [value, value],
        [value, ''],
        '',
        'x',
        `"${value}`,
        `${value}, ${value}`,
        '%E0%A4%A',
        '::',
        ':x',
      ])
        expect([wrong, read(field, { ...form, [field]: wrong })]).toEqual([wrong, undefined]);
    }
  });
});

describe('F28 a certificate that the proxy did not verify', () => {
  test.each([
    'NONE',
    'FAILED:certificate has expired',
    'GENEROUS',
    '',
    'success',
    ['SUCCESS', 'SUCCESS'],
    ['SUCCESS', 'NONE'],
  ])('a client certificate with ssl-client-verify: %s is ignored', (verdict) => {
    const form = { 'ssl-client-cert': escaped(client.pem), 'ssl-client-verify': verdict };
    expect(read('ssl-client-cert', form)).toBeUndefined();
  });

  test('a client certificate that the proxy did not verify is ignored, as in the passthrough mode of AWS ALB', () => {
    expect(read('ssl-client-cert', { 'ssl-client-cert': escaped(client.pem) })).toBeUndefined();
    expect(
      read('x-amzn-mtls-clientcert-leaf', { 'x-amzn-mtls-clientcert': awsEscaped(client.pem) }),
    ).toBeUndefined();
  });

  test('a client certificate is ignored when the field of Envoy also contains an element that the client sent', () => {
    const value = `${xfcc(other.pem)},${xfcc(client.pem)}`;
    expect(read('x-forwarded-client-cert', { 'x-forwarded-client-cert': value })).toBeUndefined();
  });
});

describe('F28 CLIENT_CERT_HEADER', () => {
  const faultsOf = (env: Record<string, string>, trustedProxies: readonly string[] = [proxy]) => {
    try {
      readSettings(certificateSettings, env, (values) => certificateErrors({ ...values, trustedProxies }));
      return [];
    } catch (error) {
      return (error as SettingsError).errors;
    }
  };

  test.each(certificateHeaderNames)('CLIENT_CERT_HEADER accepts %s', (name) =>
    expect(faultsOf({ CLIENT_CERT_HEADER: name })).toEqual([]),
  );
  test('CLIENT_CERT_HEADER rejects any other name, and the error lists the valid names', () => {
    expect(faultsOf({ CLIENT_CERT_HEADER: 'x-ssl-cert' })).toEqual([
      expect.stringMatching(
        /^CLIENT_CERT_HEADER must be one of client-cert, x-client-cert, ssl-client-cert, /,
      ),
    ]);
  });
  test('CLIENT_CERT_HEADER is rejected without a trusted proxy', () => {
    expect(faultsOf({ CLIENT_CERT_HEADER: 'client-cert' }, [])).toEqual([
      'CLIENT_CERT_HEADER needs TRUSTED_PROXIES: any other peer could forge the field',
    ]);
  });
});
