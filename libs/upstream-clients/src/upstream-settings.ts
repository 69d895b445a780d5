import { readFileSync } from 'node:fs';
import { httpUrl, text, type Setting, type SettingValues } from '@bff/service-kit';
import { type UpstreamOptions } from './create-upstream-clients.ts';

const address = (env: string, port: number, service: string) =>
  ({
    env,
    schema: httpUrl(),
    developmentDefault: `http://127.0.0.1:${port}`,
    meaning: `base address of ${service}`,
  }) as const;
const file = (env: string, meaning: string) => ({ env, schema: text(), optional: true, meaning }) as const;

/** Where the upstreams are and how we show who we are; a BFF spreads these into its settings. */
export const upstreamSettings = {
  userServiceUrl: address('USER_SERVICE_URL', 8080, 'user-service'),
  orderServiceUrl: address('ORDER_SERVICE_URL', 8081, 'order-service'),
  notificationServiceUrl: address('NOTIFICATION_SERVICE_URL', 8082, 'notification-service'),
  loyaltyServiceUrl: address('LOYALTY_SERVICE_URL', 8083, 'loyalty-service'),
  upstreamCaFile: file(
    'UPSTREAM_CA_FILE',
    'PEM file of the authorities of the upstreams; unset: those of the system',
  ),
  upstreamCertFile: file(
    'UPSTREAM_CERT_FILE',
    'PEM file of our client certificate towards the upstreams (mTLS)',
  ),
  upstreamKeyFile: file('UPSTREAM_KEY_FILE', 'PEM file of the key of our client certificate'),
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof upstreamSettings>;

/** Rules between these settings; the faults. */
export function upstreamSettingsFaults({
  upstreamCaFile,
  upstreamCertFile,
  upstreamKeyFile,
}: Partial<Values>): string[] {
  const given = [upstreamCaFile, upstreamCertFile, upstreamKeyFile].filter(Boolean).length;
  return given === 0 || given === 3
    ? []
    : ['UPSTREAM_CA_FILE, UPSTREAM_CERT_FILE and UPSTREAM_KEY_FILE must be set together'];
}

/** Addresses and client certificate as {@link createUpstreamClients} wants them. @throws {Error} when a file cannot be read */
export function upstreamsFrom(values: Values): Pick<UpstreamOptions, 'addresses' | 'tls'> {
  const { upstreamCaFile, upstreamCertFile, upstreamKeyFile } = values;
  return {
    addresses: {
      user: values.userServiceUrl,
      order: values.orderServiceUrl,
      notification: values.notificationServiceUrl,
      loyalty: values.loyaltyServiceUrl,
    },
    ...(upstreamCaFile &&
      upstreamCertFile &&
      upstreamKeyFile && {
        tls: {
          ca: readFileSync(upstreamCaFile),
          cert: readFileSync(upstreamCertFile),
          key: readFileSync(upstreamKeyFile),
        },
      }),
  };
}
