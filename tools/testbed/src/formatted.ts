import { resolve } from 'node:path';

/** As `npm run format` would leave it. */
export async function formatted(
  text: string,
  parser: 'typescript' | 'json' | 'markdown' | 'yaml',
): Promise<string> {
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(resolve(import.meta.dirname, '../../../package.json'));
  return format(text, { ...style, parser });
}
