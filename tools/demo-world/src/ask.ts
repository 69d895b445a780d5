import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { loginToMobileBff } from './login/login-to-mobile-bff.ts';
import { loginToWebBff } from './login/login-to-web-bff.ts';

/**
 * `npm run -s ask -- http://localhost:3001/api/home [--user bob]`: logs a demo user in (at web-bff as a
 * browser, at mobile-bff as an app), sends the request, and prints the answer; with `--headers` also its
 * header fields. `--method POST` sends a write with a new idempotency key, `--body '{}'` its body: a merge
 * patch for PATCH, JSON for other methods.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    user: { type: 'string', default: 'alice' },
    method: { type: 'string', default: 'GET' },
    body: { type: 'string' },
    headers: { type: 'boolean', default: false },
  },
});
const [address = ''] = positionals;
if (!URL.canParse(address)) {
  process.stderr.write('ask: an address is required, such as http://localhost:3001/api/home\n');
  process.exit(1);
}
const { origin } = new URL(address);
const { method, body } = values;
const ofWrite = { Origin: origin, 'Idempotency-Key': `"${randomUUID()}"` };
const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';

// The reader of a pipe, such as `head`, may exit before it has read everything.
process.stdout.on('error', () => process.exit(0));

try {
  const metadata = await fetch(`${origin}/.well-known/oauth-authorization-server`);
  const login = metadata.ok ? loginToMobileBff : loginToWebBff;
  const answer = await fetch(address, {
    method,
    headers: {
      ...(await login({ url: origin, username: values.user })),
      ...(method !== 'GET' && ofWrite),
      ...(body !== undefined && { 'Content-Type': contentType }),
    },
    body: body ?? null,
  });
  if (values.headers)
    process.stdout.write(
      `${answer.status}\n${[...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n`,
    );
  process.stdout.write(`${await answer.text()}\n`);
} catch (error) {
  process.stderr.write(`ask: ${(error as Error).message}; is the demo running (npm start)?\n`);
  process.exit(1);
}
