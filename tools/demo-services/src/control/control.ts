import type { IncomingMessage } from 'node:http';
import { Problem, type Logger } from '@bff/service-kit';
import { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { Calls } from './calls.ts';
import type { FaultInput, Faults } from '../faults.ts';
import { readBody } from '../http/read-body.ts';

interface Switchboard {
  readonly faults: Faults;
  readonly calls: Calls;
  readonly log: Logger;
  /** Origins of pages that may use it from a browser. */
  readonly origins: readonly string[];
}

const paths: readonly string[] = ['/__faults', '/__calls', '/__sizes'];
export const isControl = (path: string): boolean => paths.includes(path);

/**
 * Answers the control endpoints. They require no token, so the service must listen only on loopback or inside
 * a test network.
 */
export async function answerControl(
  path: string,
  request: IncomingMessage,
  switchboard: Switchboard,
): Promise<Answer> {
  const { origin } = request.headers;
  if (origin === undefined || !switchboard.origins.includes(origin))
    return control(path, request, switchboard);
  const cors = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
  if (request.method === 'OPTIONS') {
    const asked = {
      'Access-Control-Allow-Methods': 'GET, PUT, DELETE',
      'Access-Control-Allow-Headers': 'Content-Type',
    };
    return { status: 204, headers: { ...cors, ...asked } };
  }
  const answer = await control(path, request, switchboard);
  return { ...answer, headers: { ...answer.headers, ...cors } };
}

async function control(
  path: string,
  request: IncomingMessage,
  { faults, calls, log }: Switchboard,
): Promise<Answer> {
  switch (`${request.method} ${path}`) {
    case 'PUT /__faults': {
      const fault = set(faults, await readBody(request));
      log.info(fault, 'fault set');
      return { body: fault };
    }
    case 'GET /__faults':
      return { body: faults.list() };
    case 'DELETE /__faults':
      faults.clear();
      log.info('faults cleared');
      return { status: 204 };
    case 'GET /__calls':
      return { body: calls.counts() };
    case 'GET /__sizes':
      return { body: calls.sizes() };
    case 'DELETE /__calls':
      calls.clear();
      return { status: 204 };
    default:
      throw new Problem('method-not-allowed', {
        headers: { Allow: allowed[path] ?? 'GET' },
      });
  }
}

const allowed: Readonly<Record<string, string>> = {
  '/__faults': 'GET, PUT, DELETE',
  '/__calls': 'GET, DELETE',
};

function set(faults: Faults, body: Buffer): ReturnType<Faults['set']> {
  try {
    return faults.set(JSON.parse(body.toString()) as FaultInput);
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : 'the body is not JSON';
    throw new Problem('bad-request', { detail, cause });
  }
}
