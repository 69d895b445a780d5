import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints, type Endpoint } from '../provider/endpoints.ts';
import { InvalidControl } from './invalid-control.ts';

/**
 * A simulated fault of an endpoint, active until it is cleared. An endpoint has at most one fault, which
 * takes precedence over that of `*`.
 */
export interface Fault {
  readonly endpoint: Endpoint | '*';
  /** `error`: answers `status` at once; `hang`: never answers; `latency`: delays the answer by `ms`. */
  readonly kind: 'error' | 'hang' | 'latency';
  /** Milliseconds, for `latency`. Default 0. */
  readonly ms?: number;
  /** 400 to 599, for `error`. Default 503. */
  readonly status?: number;
}

export interface Faults {
  list(): readonly Fault[];
  /** Sets a fault. @throws {InvalidControl} when it is malformed */
  set(fault: Fault): void;
  clear(): void;
  /**
   * Applies the fault of an endpoint, if there is one. Resolves to true when the provider must not answer the
   * request, because the fault answered it or leaves it unanswered, or because the client disconnected.
   */
  applyFault(endpoint: Endpoint, response: ServerResponse): Promise<boolean>;
}

function isFault(value: Fault): boolean {
  const { endpoint, kind, ms = 0, status = 503 } = value;
  return (
    ['*', ...endpoints].includes(endpoint) &&
    ['error', 'hang', 'latency'].includes(kind) &&
    Number.isInteger(ms) &&
    ms >= 0 &&
    Number.isInteger(status) &&
    status >= 400 &&
    status <= 599
  );
}

export function createFaults(): Faults {
  const faults = new Map<Fault['endpoint'], Fault>();
  return {
    list: () => [...faults.values()],
    set(fault) {
      if (!isFault(fault))
        throw new InvalidControl(
          `endpoint is one of *, ${endpoints.join(', ')}; kind is error, hang or latency; ms counts milliseconds; status is 400 to 599`,
        );
      faults.set(fault.endpoint, fault);
    },
    clear: () => faults.clear(),
    async applyFault(endpoint, response) {
      const fault = faults.get(endpoint) ?? faults.get('*');
      if (!fault) return false;
      if (fault.kind === 'hang') return true;
      if (fault.kind === 'latency') return !(await waited(fault.ms ?? 0, response));
      response.writeHead(fault.status ?? 503, { 'Content-Type': 'application/json' });
      response.end('{"error":"server_error","error_description":"simulated fault"}');
      return true;
    },
  };
}

/** Waits. Resolves to false when the client disconnected before the time was over. */
async function waited(ms: number, response: ServerResponse): Promise<boolean> {
  const disconnected = new AbortController();
  const abort = (): void => disconnected.abort();
  response.once('close', abort);
  try {
    await sleep(ms, undefined, { signal: disconnected.signal });
    return true;
  } catch {
    return false;
  } finally {
    response.off('close', abort);
  }
}
