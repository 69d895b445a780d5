import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { InternalTokenVerifier } from '@bff/auth-delegation';
import { contextOf, Problem, withRequestContext, type Logger } from '@bff/service-kit';
import { problemAnswer, send, type Answer } from './answer.ts';
import { authorise } from './authorise.ts';
import { cacheable } from '../cacheable.ts';
import type { Calls } from '../control/calls.ts';
import { answerControl, isControl } from '../control/control.ts';
import { answerWith } from '../fault-effects.ts';
import type { Faults } from '../faults.ts';
import { readBody } from './read-body.ts';
import type { Resources, Route, Service } from '../service.ts';

export interface ListenerOptions {
  readonly service: Service;
  readonly resources: Resources;
  readonly verifier: InternalTokenVerifier;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly log: Logger;
  /** `Cache-Control` of successful answers to GET. */
  readonly cacheControl: string;
  /** Origins of pages that may set faults from a browser. */
  readonly controlOrigins: readonly string[];
}

/**
 * Creates the listener of a service. It finds the route, counts the call, decides its faults, and answers it.
 */
export function createListener(options: ListenerOptions): RequestListener {
  const { service, resources, verifier, faults, calls, log, cacheControl, controlOrigins } = options;
  const routes = service.routes.toSorted(moreSpecificFirst).map(({ prepare, ...route }) => ({
    ...route,
    path: route.path ?? new RegExp(`^${route.pattern.replace(/:\w+/g, '([^/]+)')}$`),
    handle: prepare(resources),
  }));

  const exchange = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { signal, requestId } = contextOf(request);
    const [path = '', search = ''] = (request.url ?? '').split('?', 2);
    const attempt = async (work: () => Answer | Promise<Answer>): Promise<Answer> => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Problem) && !signal.aborted)
          log.error({ err: error, request_id: requestId }, 'failed');
        return problemAnswer(error instanceof Problem ? error : new Problem('internal'), path, requestId);
      }
    };

    if (isControl(path))
      return send(
        response,
        await attempt(() => answerControl(path, request, { faults, calls, log, origins: controlOrigins })),
      );
    const there = routes.filter((route) => route.path.test(path));
    const route = there.find(({ method }) => method === request.method);
    if (!route) return send(response, await attempt(() => refuse(there.map(({ method }) => method))));

    calls.count(route.pattern);
    const draw = faults.draw(route.pattern);
    // A 304 has no body for the fault to change, so a call with such a fault ignores If-None-Match.
    const ifNoneMatch = draw.spoiler ? undefined : request.headers['if-none-match'];
    const reply = (): Promise<Answer> =>
      attempt(async () => {
        const id = decode(route.path.exec(path)?.[1] ?? '');
        const caller = await authorise(verifier, request.headers, route.isOfUser ? id : undefined);
        const body = await readBody(request);
        const answer = await route.handle({
          caller,
          id,
          query: new URLSearchParams(search),
          headers: request.headers,
          body,
          signal,
        });
        if (route.method !== 'GET') return answer;
        calls.answered(route.pattern, answer.body);
        const allowed = cacheControl === 'by-route' ? (route.cacheControl ?? 'no-store') : cacheControl;
        return allowed === 'no-store' ? answer : cacheable(answer, allowed, ifNoneMatch);
      });
    const { random } = resources;
    await answerWith(draw, {
      response,
      reply,
      anyObject: !!route.anyObject,
      random,
      signal,
    });
  };

  const inContext = withRequestContext(log);
  return (request, response) =>
    inContext(request, response, () => {
      exchange(request, response).catch((error: unknown) => {
        // Does not log disconnects of the client, which are expected during a delay or a slow or huge answer.
        if (!response.destroyed) log.error({ err: error }, 'request was not answered');
        response.destroy();
      });
    });
}

/** Sorts routes so that literal segments take precedence over parameters, from the first segment on. */
function moreSpecificFirst(one: Route, other: Route): number {
  const rank = ({ pattern }: Route): string =>
    pattern.replaceAll(/[^/]+/g, (segment) =>
      /^:\w+$/.test(segment) ? '2' : /:\w/.test(segment) ? '1' : '0',
    );
  return rank(one).localeCompare(rank(other));
}

function refuse(methods: readonly string[]): never {
  if (methods.length === 0) throw new Problem('not-found');
  throw new Problem('method-not-allowed', { headers: { Allow: methods.join(', ') } });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new Problem('bad-request', { cause });
  }
}
