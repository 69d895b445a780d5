import { resolve } from 'node:path';

/** Formats a text like `npm run format`. */
export async function formatted(
  text: string,
  parser: 'typescript' | 'json' | 'markdown' | 'yaml',
): Promise<string> {
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(resolve(import.meta.dirname, '../../../package.json'));
  return format(text, { ...style, parser });
}
