import { product } from '../../product.ts';

/** The composed screen that every peer serves. Each of its sources is one upstream call. */
export const { path, sources, fallbacks, pathOf, viewOf } = product.composed;

/** Calls all sources at once and composes the view. */
export async function gather(read: (source: string) => Promise<unknown>): Promise<object> {
  return viewOf(await Promise.all(sources.map(read)));
}
