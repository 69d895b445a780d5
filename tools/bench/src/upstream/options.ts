import type { AnswerSizes } from '../measured-product.ts';

export interface UpstreamOptions extends AnswerSizes {
  /** Delay before the answer begins, in milliseconds. */
  readonly latencyMs: number;
  /** `Cache-Control` of every answer. Without it answers have no explicit freshness lifetime. */
  readonly cacheControl?: string;
  /** Paths with this ending are never answered. */
  readonly hang?: string;
  /** Paths with this ending are answered with 500. */
  readonly fail?: string;
}

const usual: UpstreamOptions = { latencyMs: 0, listItems: 5, itemParts: 2 };

/**
 * Parses the options of the simulated services.
 * @param json members that override the defaults: no delay, five items of two parts
 */
export function upstreamOptions(json = '{}'): UpstreamOptions {
  return { ...usual, ...(JSON.parse(json) as Partial<UpstreamOptions>) };
}
