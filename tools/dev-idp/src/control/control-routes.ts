import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientMetadata } from 'oidc-provider';
import type { DevIdpControl } from './control.ts';
import type { Fault } from './faults.ts';
import { InvalidControl } from './invalid-control.ts';
import { isLocalCall } from '../http/local-call.ts';
import { readBody } from '../http/read-body.ts';

interface Call {
  readonly control: DevIdpControl;
  readonly url: URL;
  /** Parses the JSON object in the request body. @throws {InvalidControl} */
  body(): Promise<Record<string, unknown>>;
}

/** Returns the JSON answer; undefined answers 204. */
type Action = (call: Call) => unknown;

const clientsPath = '/__clients/';
const usersPath = '/__users/';

const routes: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  '/dev/token': {
    GET: ({ control, url }) =>
      control.devToken({
        user: url.searchParams.get('user') ?? '',
        audience: url.searchParams.get('audience') ?? '',
        scope: url.searchParams.get('scope') ?? undefined,
      }),
  },
  '/__rotate': {
    POST: ({ control, url }) =>
      url.searchParams.get('drop') === '1' ? control.dropRetiredKeys() : control.rotateKeys(),
  },
  '/__clock': {
    PUT: async ({ control, body }) => control.setClock((await body())['offset_seconds'] as number),
  },
  '/__faults': {
    GET: ({ control }) => control.faults(),
    PUT: async ({ control, body }) => control.setFault((await body()) as unknown as Fault),
    DELETE: ({ control }) => control.clearFaults(),
  },
  '/__calls': {
    GET: ({ control }) => control.calls(),
    DELETE: ({ control }) => control.resetCalls(),
  },
  [usersPath]: {
    PUT: async ({ control, url, body }) =>
      control.setUserEnabled(
        decodeURIComponent(url.pathname.slice(usersPath.length)),
        (await body())['enabled'] === true,
      ),
  },
  [clientsPath]: {
    PUT: async ({ control, url, body }) =>
      control.setClient(
        decodeURIComponent(url.pathname.slice(clientsPath.length)),
        (await body()) as Omit<ClientMetadata, 'client_id'>,
      ),
  },
};

function actionsFor(pathname: string): Readonly<Record<string, Action>> | undefined {
  const prefix = [clientsPath, usersPath].find((each) => pathname.startsWith(each));
  return routes[prefix ?? pathname];
}

export const isControlPath = (pathname: string): boolean =>
  pathname.startsWith('/__') || pathname.startsWith('/dev/');

/** Serves the control endpoints, only to callers on this machine. */
export async function answerControl(
  control: DevIdpControl,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body?: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, {
      'Cache-Control': 'no-store',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const refuse = (status: number, error_description: string, headers?: Record<string, string>): void =>
    send(status, { error: 'invalid_request', error_description }, headers);

  if (!isLocalCall(request)) return refuse(403, 'only callers on this machine may use this endpoint');
  const actions = actionsFor(url.pathname);
  if (!actions) return refuse(404, 'there is no such endpoint');
  const action = actions[request.method ?? ''];
  if (!action)
    return refuse(405, 'the method is not allowed here', { Allow: Object.keys(actions).join(', ') });
  try {
    const result = await action({ control, url, body: () => jsonBody(request) });
    send(result === undefined ? 204 : 200, result);
  } catch (error) {
    if (!(error instanceof InvalidControl)) throw error;
    refuse(400, error.message);
  }
}

async function jsonBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse((await readBody(request)) ?? '');
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // Invalid JSON is reported below, like any other body that is not an object.
  }
  throw new InvalidControl('the body must be a JSON object of at most 16 KiB');
}
