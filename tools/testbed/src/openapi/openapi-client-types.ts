import { formatted } from '../formatted.ts';

/**
 * Returns the types of requests and answers, which `client/index.ts` of an app imports.
 * @param text OpenAPI document as JSON
 */
export async function clientTypes(text: string): Promise<string> {
  // Imported on demand, because it loads a compiler.
  const { default: openapi, astToString } = await import('openapi-typescript');
  return formatted(`${heading}${astToString(await openapi(text))}`, 'typescript');
}

const heading = '/* Written by `nx sync` from openapi.json. */\n';
