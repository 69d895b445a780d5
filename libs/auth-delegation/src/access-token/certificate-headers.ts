interface CertificateFormat {
  readonly decode: (value: string) => Buffer | undefined;
  /**
   * Field with the verification result and the value that it must have; needed where the proxy also forwards
   * certificates that it did not verify.
   */
  readonly verdict?: { readonly header: string; readonly value: string };
}

export const certificateHeaderNames = [
  'client-cert',
  'x-client-cert',
  'ssl-client-cert',
  'x-forwarded-client-cert',
  'x-forwarded-tls-client-cert',
  'x-amzn-mtls-clientcert-leaf',
  'cf-client-cert-der-base64',
] as const;
export type CertificateHeader = (typeof certificateHeaderNames)[number];

/** The fields in which proxies forward a verified client certificate; docs/how-to/run-behind-a-proxy.md. */
export const certificateHeaders: Readonly<Record<CertificateHeader, CertificateFormat>> = {
  /** The field of RFC 9440, which HAProxy, Cloudflare, nginx and CloudFront can be configured to send. */
  'client-cert': { decode: byteSequence },
  /** nginx with `$ssl_client_escaped_cert`. */
  'x-client-cert': { decode: escapedPem },
  /** ingress-nginx, which also sends certificates that it did not verify. */
  'ssl-client-cert': { decode: escapedPem, verdict: { header: 'ssl-client-verify', value: 'SUCCESS' } },
  /** Envoy and Istio, with `forward_client_cert_details: SANITIZE_SET` and `cert: true`. */
  'x-forwarded-client-cert': { decode: forwardedElement },
  /** Traefik, with `passTLSClientCert` and `pem: true`. */
  'x-forwarded-tls-client-cert': { decode: barePem },
  /** AWS ALB in verify mode. In passthrough mode it sends another field, which is not verified. */
  'x-amzn-mtls-clientcert-leaf': { decode: escapedPem },
  /** Cloudflare, for requests whose certificate its rules have verified. */
  'cf-client-cert-der-base64': { decode: base64 },
};

const base64Syntax = /^(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function base64(value: string): Buffer | undefined {
  return base64Syntax.test(value) ? Buffer.from(value, 'base64') : undefined;
}

/** Decodes an RFC 9651 byte sequence (RFC 9440, section 2.1). */
function byteSequence(value: string): Buffer | undefined {
  const content = /^:(.+):$/.exec(value)?.[1];
  return content === undefined ? undefined : base64(content);
}

/** Decodes one PEM block, percent-encoded. */
function escapedPem(value: string): Buffer | undefined {
  const pem = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;
  const content = pem.exec(unescaped(value) ?? '')?.[1];
  return content === undefined ? undefined : base64(content.replaceAll(/\s/g, ''));
}

/**
 * Decodes PEM without delimiters and line ends, percent-encoded or not; further certificates of the chain
 * follow after commas.
 */
function barePem(value: string): Buffer | undefined {
  const chain = unescaped(value)?.split(',').map(base64) ?? [];
  return chain.includes(undefined) ? undefined : chain[0];
}

/**
 * Decodes a value that has one element with `Cert="..."`. Rejects several elements, because the client or an
 * untrusted proxy may have added some of them.
 */
function forwardedElement(value: string): Buffer | undefined {
  const element = /^(?:[A-Za-z]+=(?:"(?:[^"\\]|\\.)*"|[^",;]*)(?:;|$))+$/.test(value) ? value : '';
  const certificates = [...element.matchAll(/(?:^|;)Cert="([^"\\]*)"/gi)];
  return certificates.length === 1 ? escapedPem(certificates[0]?.[1] ?? '') : undefined;
}

function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
