import { text } from 'node:stream/consumers';
import { checkProvider, type CheckProviderOptions } from './check-provider.ts';

/** Command-line option that checks the configured provider and exits. */
export const checkProviderOption = '--check-provider';

/**
 * Prints the result of {@link checkProvider}. With `--token` it reads a token from standard input. @returns
 * the exit code
 */
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
