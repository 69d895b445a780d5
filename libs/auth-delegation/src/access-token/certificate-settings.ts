import { oneOf, type Setting, type SettingValues } from '@bff/service-kit';
import { certificateHeaderNames } from './certificate-headers.ts';

/** How the proxy in front of a resource server passes on client certificates; a BFF spreads these into its settings. */
export const certificateSettings = {
  clientCertHeader: {
    env: 'CLIENT_CERT_HEADER',
    schema: oneOf(certificateHeaderNames),
    optional: true,
    meaning:
      'field in which the proxies of TRUSTED_PROXIES pass on the client certificate that they verified; unset: none is believed',
  },
} as const satisfies Record<string, Setting>;

/** Rules between these settings; the faults. */
export function certificateFaults({
  clientCertHeader,
  trustedProxies = [],
}: Partial<SettingValues<typeof certificateSettings>> & {
  readonly trustedProxies?: readonly string[] | undefined;
}): string[] {
  return clientCertHeader !== undefined && trustedProxies.length === 0
    ? ['CLIENT_CERT_HEADER needs TRUSTED_PROXIES: from anybody else the field is a claim']
    : [];
}
