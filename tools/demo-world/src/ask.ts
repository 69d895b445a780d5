import { parseArgs } from 'node:util';
import { loginToMobileBff } from './login/login-to-mobile-bff.ts';
import { loginToWebBff } from './login/login-to-web-bff.ts';

/**
 * `npm run -s ask -- http://localhost:3001/api/home [--user bob]`: logs a demo user in, as a browser does at web-bff
 * and as an app does at mobile-bff, asks, and prints the answer; with `--headers` its headers too.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { user: { type: 'string', default: 'alice' }, headers: { type: 'boolean', default: false } },
});
const [address = ''] = positionals;
if (!URL.canParse(address)) {
  process.stderr.write('ask: give an address, such as http://localhost:3001/api/home\n');
  process.exit(1);
}
const { origin } = new URL(address);

try {
  const metadata = await fetch(`${origin}/.well-known/oauth-authorization-server`);
  const login = metadata.ok ? loginToMobileBff : loginToWebBff;
  const answer = await fetch(address, {
    headers: { ...(await login({ url: origin, username: values.user })) },
  });
  if (values.headers) process.stdout.write(`${answer.status}\n${[...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n`); // prettier-ignore
  process.stdout.write(`${await answer.text()}\n`);
} catch (error) {
  process.stderr.write(`ask: ${(error as Error).message}; is everything up (npm start)?\n`);
  process.exit(1);
}
