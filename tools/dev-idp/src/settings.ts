import type { ClientMetadata } from 'oidc-provider';
import { addressMetadata, loginClients, type LoginClient } from './login-clients.ts';
import type { DevIdpOptions } from './start-dev-idp.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of the process:
 * - `PORT` default 4000; `HOST` default 127.0.0.1
 * - `ISSUER` default `http://localhost:<PORT>`
 * - for each BFF that logs users in, a variable such as `TV_BFF_URL`: its origin for browsers, default as in
 * {@link loginClients}
 * - a variable such as `TV_BFF_BACKCHANNEL_URL`: the origin at which this process reaches the BFF; default:
 * the one for browsers
 *
 * @throws {Error} that lists all invalid settings
 */
export function readSettings(environment: Environment): DevIdpOptions {
  const wrong: string[] = [];

  function port(): number {
    const text = environment['PORT'] || '4000';
    if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
    wrong.push('PORT must be a number from 0 (a free port) to 65535');
    return 0;
  }

  function url(name: string, fallback: string): string {
    const text = environment[name] || fallback;
    const parsed = URL.parse(text);
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search || parsed.hash)
      wrong.push(`${name} must be an http or https address without query and fragment`);
    return text.replace(/\/$/, '');
  }

  function clientOf(client: LoginClient): ClientMetadata {
    const variable = client.name.replaceAll('-', '_').toUpperCase();
    const browser = url(`${variable}_URL`, client.url);
    return addressMetadata(client, {
      url: browser,
      backchannelUrl: url(`${variable}_BACKCHANNEL_URL`, browser),
    });
  }

  const number = port();
  const settings = {
    port: number,
    host: environment['HOST'] || '127.0.0.1',
    issuer: number === 0 && !environment['ISSUER'] ? undefined : url('ISSUER', `http://localhost:${number}`),
    clients: loginClients.map(clientOf),
  };
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return settings;
}
