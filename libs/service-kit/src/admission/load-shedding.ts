import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { CredentialOwners } from './credential-owners.ts';
import type { TenantId } from '../core/ids.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { Problem } from '../core/problem.ts';
import { answerEarly } from '../http/early-answer.ts';
import { TurnQueue } from './turn-queue.ts';

export interface LoadSheddingOptions {
  readonly metrics: Metrics;
  /** Requests at a time, those that wait for their turn included. default 1000 */
  readonly maxInFlight?: number;
  /** Of one tenant, and of all strangers together; the rest is for the others. default 500 */
  readonly maxInFlightPerTenant?: number;
  /** Longest wait for a turn while there is a standing queue, in milliseconds; a burst waits ten times as long. default 20 */
  readonly maxQueueDelayMs?: number;
}

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (problem?: unknown) => void,
) => void;

/** Undefined: a stranger. */
type Owner = TenantId | undefined;

export interface LoadShedding {
  /** Requests that have no answer yet. */
  inFlight(): number;
  /** In front of everything, before a request has cost anything. Tenants begin in turn, as far as they are known by then. */
  door(app: RequestListener): RequestListener;
  /** Middleware behind the door, as soon as the tenant is known: its next request finds the line of its own. */
  shareFairly(tenantOf: (request: IncomingMessage) => TenantId): Middleware;
}

/** Screens; a turn of the loop then takes some 1.5 ms at full load, and an answer waits for three or four turns. */
const startsPerTurn = 2;

/**
 * Early 503 instead of late time-outs when there is more to do than this process can (docs/adr/0009). What is turned away was
 * not begun, so that a write may be sent again as well.
 */
export function createLoadShedding(options: LoadSheddingOptions): LoadShedding {
  const { metrics, maxInFlight = 1_000, maxInFlightPerTenant = 500, maxQueueDelayMs = 20 } = options;
  const owners = new CredentialOwners();
  /** Strangers, who have yet to log in or are a flood, share one line, and the room of one tenant. */
  const turns = new TurnQueue<Owner>({ startsPerTurn, maxDelayMs: maxQueueDelayMs });
  const held = new Map<Owner, number>();
  /** Whose room a request takes: at the door as guessed, and from then on as known. */
  const owning = new WeakMap<IncomingMessage, Owner>();
  let inFlight = 0;

  metrics.asked('bff_requests_in_flight', 'Requests that have no answer yet', [], async (gauge) =>
    gauge.set(inFlight),
  );
  const shed = metrics.counter('bff_shed_total', 'Requests turned away for want of capacity', ['reason']);
  const [byRoom, byTenant, byQueue] = ['in-flight', 'tenant', 'queue'].map((reason) => shed.labels(reason));
  // A series that begins with its first event hides that event from every rate.
  for (const each of [byRoom, byTenant, byQueue]) each?.inc(0);

  function take(request: IncomingMessage, owner: Owner): boolean {
    const count = held.get(owner) ?? 0;
    if (count >= maxInFlightPerTenant) {
      byTenant?.inc();
      return false;
    }
    held.set(owner, count + 1);
    owning.set(request, owner);
    return true;
  }

  function giveBack(owner: Owner): void {
    const left = (held.get(owner) ?? 1) - 1;
    if (left > 0) held.set(owner, left);
    else held.delete(owner);
  }

  return {
    inFlight: () => inFlight,

    door: (app) =>
      function atTheDoor(request, response) {
        if (inFlight >= maxInFlight) {
          byRoom?.inc();
          return turnAway(request, response);
        }
        const owner = owners.guess(request);
        if (!take(request, owner)) return turnAway(request, response);
        inFlight++;
        response.once('close', () => {
          inFlight--;
          giveBack(owning.get(request));
          owning.delete(request);
        });
        if (turns.take()) return app(request, response);
        turns.wait(owner, {
          start() {
            if (!response.destroyed) app(request, response);
          },
          refuse() {
            if (response.destroyed) return;
            byQueue?.inc();
            turnAway(request, response);
          },
        });
      },

    shareFairly: (tenantOf) =>
      function share(request, _response, next) {
        const tenant = tenantOf(request);
        owners.learn(request, tenant);
        const guessed = owning.get(request);
        // Who hung up while being identified has given back what it had, and will not do so again.
        if (guessed !== tenant && owning.has(request)) {
          if (!take(request, tenant)) return next(overloaded());
          giveBack(guessed);
        }
        next();
      },
  };
}

/** Spread, lest all come back at once. */
const overloaded = (): Problem =>
  new Problem('overloaded', { headers: { 'Retry-After': String(1 + Math.floor(Math.random() * 3)) } });

/** The connection stays: a new one costs more. */
const turnAway = (request: IncomingMessage, response: ServerResponse): void =>
  answerEarly(request, response, overloaded());
