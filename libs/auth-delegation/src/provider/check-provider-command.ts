import { text } from 'node:stream/consumers';
import { checkProvider, type CheckProviderOptions } from './check-provider.ts';

/** Option of an app that checks the provider of its settings and ends. */
export const checkProviderOption = '--check-provider';

/** Prints what {@link checkProvider} found. With `--token` a token is read from standard input. @returns the exit code */
export async function checkProviderCommand(
  options: Omit<CheckProviderOptions, 'sampleToken'>,
): Promise<number> {
  const sampleToken = process.argv.includes('--token') ? (await text(process.stdin)).trim() : undefined;
  const checks = await checkProvider({ ...options, sampleToken });
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, result, found } of checks)
    process.stdout.write(`${result.padEnd(7)}  ${name.padEnd(width)}  ${found}\n`);
  return checks.some(({ result }) => result === 'failed') ? 1 : 0;
}
