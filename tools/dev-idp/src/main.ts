import { readSettings } from './settings.ts';
import { startDevIdp } from './start-dev-idp.ts';

function tell(line: string): void {
  process.stderr.write(`dev-idp: ${line}\n`);
}

function explain(error: NodeJS.ErrnoException): string {
  return error.code === 'EADDRINUSE'
    ? `port ${process.env['PORT'] || 4000} is taken; set PORT to another one`
    : error.message;
}

try {
  const idp = await startDevIdp({ ...readSettings(process.env), report: tell });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void idp.close().then(() => process.exit(0)));
  process.stdout.write(`dev-idp ready at ${idp.issuer}\n`);
} catch (error) {
  tell(explain(error as NodeJS.ErrnoException));
  process.exitCode = 1;
}
