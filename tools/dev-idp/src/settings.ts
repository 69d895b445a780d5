import { mobileBff, webBff } from './demo-clients.ts';
import { type DevIdpOptions } from './start-dev-idp.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings of the process:
 * - `PORT` default 4000; `HOST` default 127.0.0.1
 * - `ISSUER` default `http://localhost:<PORT>`
 * - `WEB_BFF_URL` default http://localhost:3001, `MOBILE_BFF_URL` default http://localhost:3002: where browsers meet them
 * - `WEB_BFF_BACKCHANNEL_URL`, `MOBILE_BFF_BACKCHANNEL_URL` default as above: where this process reaches them
 *
 * @throws {Error} that names everything that is wrong
 */
export function readSettings(environment: Environment): DevIdpOptions {
  const wrong: string[] = [];

  function port(): number {
    const text = environment['PORT'] || '4000';
    if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
    wrong.push('PORT is a number from 0 (a free port) to 65535');
    return 0;
  }

  function url(name: string, fallback: string): string {
    const text = environment[name] || fallback;
    const parsed = URL.parse(text);
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search || parsed.hash)
      wrong.push(`${name} is an http or https address without query and fragment`);
    return text.replace(/\/$/, '');
  }

  function bff(name: string, fallback: string) {
    const browser = url(`${name}_URL`, fallback);
    return { url: browser, backchannelUrl: url(`${name}_BACKCHANNEL_URL`, browser) };
  }

  const number = port();
  const settings = {
    port: number,
    host: environment['HOST'] || '127.0.0.1',
    issuer: number === 0 && !environment['ISSUER'] ? undefined : url('ISSUER', `http://localhost:${number}`),
    clients: [
      webBff(bff('WEB_BFF', 'http://localhost:3001')),
      mobileBff(bff('MOBILE_BFF', 'http://localhost:3002')),
    ],
  };
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return settings;
}
