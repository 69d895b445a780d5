import { problemTypes } from '@bff/service-kit';
import type { Json } from '../broken-product.ts';
import { parse } from '../oracle/oracle.ts';
import type { Reply } from './ask.ts';

interface Meta {
  readonly version?: string;
  readonly complete?: boolean;
  readonly degraded?: readonly { readonly source: string }[];
}
/** The members of `CallToolResult` (Model Context Protocol) that are read. */
interface ToolResult {
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: Json & { readonly _meta: Meta };
  readonly isError?: boolean;
}

/** With this advice the result of a failed call says what `Retry-After` says to other clients. */
const retryAdvice = 'Call again in a few seconds';

/**
 * Returns the answer to a tool call as the HTTP answer that other clients would get, which the oracle
 * classifies: the problem of a failed call, or the view with its entity tag and its degraded sources. Keeps
 * every text, because a text could contain data of another tenant. Other statuses than 200 are not changed.
 */
export function replyOfTool(reply: Reply): Reply {
  if (reply.status !== 200) return reply;
  const { result } = (parse(reply.body) ?? {}) as { readonly result?: ToolResult };
  if (result === undefined) return contradiction(reply, `no result: ${reply.body}`);
  const [text = '', sentence = ''] = result.content.map((each) => each.text);
  if (result.isError) return failure(reply, text);
  const { structuredContent: structured } = result;
  if (structured === undefined || text !== JSON.stringify(structured))
    return contradiction(reply, `the text is not the structured content: ${reply.body}`);
  const { _meta, ...view } = structured;
  const { version, degraded = [] } = _meta;
  // A write whose answer could not be read returns no view, only that it is done.
  if (_meta.complete === undefined) return { ...reply, status: 204, body: '' };
  const unnamed = degraded.find(({ source }) => !sentence.includes(source));
  if (unnamed) return contradiction(reply, `no sentence says that ${unnamed.source} is degraded`);
  return {
    ...reply,
    headers: {
      ...reply.headers,
      ...(sentence !== '' && { 'bff-degraded': sentence }),
      ...(version !== undefined && { etag: `"${version}"` }),
    },
    body: JSON.stringify({ ...view, _meta: { ..._meta, degraded } }),
  };
}

/** Returns the problem whose title begins the text of a failed call. */
function failure(reply: Reply, text: string): Reply {
  const found = Object.entries(problemTypes).find(([, [, title]]) => text.startsWith(`${title}.`));
  if (found === undefined) return contradiction(reply, text);
  const [type, [status]] = found;
  return {
    ...reply,
    status,
    headers: {
      ...reply.headers,
      'content-type': 'application/problem+json',
      ...(text.includes(retryAdvice) && { 'retry-after': '1' }),
    },
    body: JSON.stringify({ type: `/problems/${type}`, title: text }),
  };
}

/** Returns an answer that the oracle classifies as wrong, because it is not a known problem. */
const contradiction = (reply: Reply, reason: string): Reply => ({ ...reply, status: 500, body: reason });
