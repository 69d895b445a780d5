import type { Traffic } from '../world/counting-proxy.ts';
import { exchange, type Exchange } from '../world/exchange.ts';
import { nullSizes } from './null-savings.ts';
import type { AnswerFigures, Ask, ScreenFigures } from './report.ts';
import type { MeasuredClient } from '../measured-product.ts';
import type { BffAccess } from '../world/measured-world.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Requests one screen of one client in every variant, sequentially. @throws {Error} when an answer is not as
 * expected
 */
export async function measureScreen(
  { name: client, hasFlat, screens }: MeasuredClient,
  screen: string,
  { url, credentials }: BffAccess,
  traffic: Traffic,
): Promise<ScreenFigures> {
  const [path, fields] = screens[screen] ?? ['', ''];
  const get = async (query: string, headers: Headers, method?: 'HEAD'): Promise<Exchange> => {
    Object.assign(traffic, { calls: 0, bytes: 0 } satisfies Traffic);
    const answer = await exchange(url + path + query, { ...credentials, ...headers }, method);
    if (answer.headers['bff-degraded'] !== undefined || ![200, 304].includes(answer.status))
      throw new Error(`${client} ${path}${query}: ${answer.status} ${answer.headers['bff-degraded'] ?? ''}`);
    return answer;
  };

  const whole = await get('', {});
  const upstream = { ...traffic };
  const body = whole.body.toString();
  const nulls = nullSizes(body);
  if (client === 'mobile' && nulls.stripped.bytes !== nulls.kept.bytes)
    throw new Error(`${client} ${path} contains null`);

  const others: [Ask, Exchange][] = [
    ['gzip', await get('', { 'Accept-Encoding': 'gzip' })],
    ['br', await get('', { 'Accept-Encoding': 'br' })],
    ['zstd', await get('', { 'Accept-Encoding': 'zstd' })],
    ['browser', await get('', { 'Accept-Encoding': 'gzip, deflate, br, zstd' })],
    ['fields', await get(`?fields=${fields}`, {})],
    ...(hasFlat ? [['flat', await get('?shape=flat', {})] satisfies [Ask, Exchange]] : []),
    ['HEAD', await get('', {}, 'HEAD')],
    ['If-None-Match', await get('', { 'If-None-Match': whole.headers.etag ?? '' })],
  ];
  return {
    client,
    screen,
    path,
    fields,
    upstream,
    answers: [['identity', whole] satisfies [Ask, Exchange], ...others].map(figuresOf),
    nulls,
  };
}

const figuresOf = ([ask, { status, headers, headBytes, body }]: [Ask, Exchange]): AnswerFigures => ({
  ask,
  status,
  bodyBytes: body.length,
  headBytes,
  etag: tagForm(headers.etag),
  vary: headers.vary ?? null,
  cacheControl: headers['cache-control'] ?? null,
  contentEncoding: headers['content-encoding'] ?? null,
});

/** Returns the entity tag with its token replaced: `"<token>-gzip"`. */
export const tagForm = (tag: string | undefined): string | null =>
  tag?.replace(/^((?:W\/)?")[\w-]*?((?:-(?:gzip|br|zstd))?")$/, '$1<token>$2') ?? null;
