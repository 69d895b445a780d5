import { formatted } from '../formatted.ts';

/**
 * The types of a client's requests and answers, as the file that `client/index.ts` of an app imports.
 * @param text OpenAPI document as JSON
 */
export async function clientTypes(text: string): Promise<string> {
  // It loads a compiler, which only this is to wait for.
  const { default: openapi, astToString } = await import('openapi-typescript');
  return formatted(`${heading}${astToString(await openapi(text))}`, 'typescript');
}

const heading = '/* Written by `nx sync` from openapi.json. */\n';
