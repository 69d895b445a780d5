import { oneOf, type Setting, type SettingValues } from '@bff/service-kit';
import { certificateHeaderNames } from './certificate-headers.ts';

/** Settings of a resource server whose proxy forwards client certificates; a BFF adds these to its own. */
export const certificateSettings = {
  clientCertHeader: {
    env: 'CLIENT_CERT_HEADER',
    schema: oneOf(certificateHeaderNames),
    optional: true,
    meaning:
      'field in which the proxies of TRUSTED_PROXIES forward the client certificate that they verified; unset: no field is trusted',
  },
} as const satisfies Record<string, Setting>;

/** Returns an error if the header field of certificates is configured without the proxies that may set it. */
export function certificateErrors({
  clientCertHeader,
  trustedProxies = [],
}: Partial<SettingValues<typeof certificateSettings>> & {
  readonly trustedProxies?: readonly string[] | undefined;
}): string[] {
  return clientCertHeader !== undefined && trustedProxies.length === 0
    ? ['CLIENT_CERT_HEADER needs TRUSTED_PROXIES: any other peer could forge the field']
    : [];
}
