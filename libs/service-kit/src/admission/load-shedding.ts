import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TenantId } from '../core/ids.ts';
import { Problem } from '../core/problem.ts';
import { answerEarly } from '../http/early-answer.ts';
import { routePattern } from '../http/route-pattern.ts';
import { cachedLabels } from '../telemetry/cached-labels.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { AdmissionQueue, type Owner, type RejectReason } from './admission-queue.ts';
import { TenantHints } from './tenant-hints.ts';
import { chargeLoop, loopAccountOf, openLoopAccount, settleLoop } from './loop-time.ts';
import { networkOf } from './network-of.ts';
import { boundedTenants } from './bounded-tenants.ts';

export interface LoadSheddingOptions {
  readonly metrics: Metrics;
  /** Maximum requests in flight; the others wait. default 1000 */
  readonly maxInFlight?: number;
  /**
   * Maximum requests in flight of one tenant; all unauthenticated clients count as one tenant. default 500
   */
  readonly maxInFlightPerTenant?: number;
  /** Maximum requests that wait. default 4000 */
  readonly maxQueued?: number;
  /** Maximum queueing delay outside bursts, in milliseconds. default 1000 */
  readonly maxQueueDelayMs?: number;
  /** Time after which an answer is useless to a client, in milliseconds. default 2000 */
  readonly budgetMs?: number;
  /** Returns the address of the client behind trusted proxies. default: the address of the connection */
  readonly clientAddressOf?: (request: IncomingMessage) => string | undefined;
  /** Returns whether a request is a login. Logins and writes are rejected last. default: never */
  readonly isLogin?: (request: IncomingMessage) => boolean;
}

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (problem?: unknown) => void,
) => void;

export interface LoadShedding {
  /** Returns the number of requests that have begun and are not answered yet. */
  inFlight(): number;
  /** Wraps the app in admission control, so that a rejected request costs next to nothing. */
  admit(app: RequestListener): RequestListener;
  /**
   * Creates the middleware that records the tenant of a request after authentication, so that the next
   * request with the same credential waits in the queue of this tenant.
   */
  shareFairly(tenantOf: (request: IncomingMessage) => TenantId): Middleware;
}

/** The slot of a request in flight. */
interface Slot {
  /** Tenant whose capacity it uses: guessed before authentication, verified after it. */
  owner: Owner;
  /** When it began, in milliseconds of the monotonic clock. */
  readonly begunAt: number;
  /** Time that it waited before, in milliseconds. */
  readonly waitedMs: number;
}
const ownSlot = Symbol('ownSlot');
/** A request with its slot, in a property instead of a Map (docs/adr/0042). */
type Admitted = IncomingMessage & { [ownSlot]?: Slot | undefined };

const reasons: readonly RejectReason[] = ['deadline', 'standing', 'memory'];
const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Creates admission control: bounds the requests in flight and queues the others, fair by tenant. Answers 503
 * only when waiting is useless (docs/adr/0023). The app never sees a rejected request, so a client may resend
 * even a write.
 */
export function createLoadShedding(options: LoadSheddingOptions): LoadShedding {
  const { metrics, clientAddressOf = remoteAddress, isLogin = () => false } = options;
  const hints = new TenantHints();
  const queue = new AdmissionQueue({
    maxInFlight: options.maxInFlight ?? 1_000,
    maxInFlightPerTenant: options.maxInFlightPerTenant ?? 500,
    maxQueued: options.maxQueued ?? 4_000,
    maxQueueDelayMs: options.maxQueueDelayMs ?? 1_000,
    budgetMs: options.budgetMs ?? 2_000,
  });
  const labelOf = boundedTenants();

  const gauge = (name: string, help: string, read: () => number): void =>
    metrics.lazyGauge(name, help, [], async (made) => made.set(read()));
  gauge('bff_requests_in_flight', 'Requests that have begun and have no answer yet', () => queue.inFlight);
  gauge('bff_requests_waiting', 'Requests that wait to begin', () => queue.waiting);
  gauge('bff_in_flight_limit', 'Requests that may be in flight now', () => queue.limit);
  const shed = metrics.counter('bff_shed_total', 'Requests rejected for lack of capacity', ['reason']);
  // Creates each series with the value 0, because `rate()` does not count an event that creates its series.
  for (const reason of reasons) shed.labels(reason).inc(0);
  const loopSeconds = cachedLabels(
    metrics.counter(
      'bff_loop_seconds_total',
      'Time of the event loop by route and tenant; `other`: tenants that used little',
      ['route', 'tenant'],
    ),
  );

  function begin(
    app: RequestListener,
    request: Admitted,
    response: ServerResponse,
    { owner, waitedMs }: Pick<Slot, 'owner' | 'waitedMs'>,
  ): void {
    const account = openLoopAccount(request);
    const slot: Slot = { owner, waitedMs, begunAt: performance.now() };
    request[ownSlot] = slot;
    response.once('close', () => {
      const ms = settleLoop(account);
      request[ownSlot] = undefined;
      loopSeconds(routePattern(request), labelOf(slot.owner, ms)).inc(ms / 1_000);
      queue.leave(slot.owner, ms, performance.now() - slot.begunAt);
    });
    chargeLoop(account);
    app(request, response);
  }

  return {
    inFlight: () => queue.inFlight,

    admit: (app) =>
      function admitRequest(request, response) {
        const owner = hints.guess(request);
        const leave = queue.enter({
          owner,
          network: owner === undefined ? networkOf(clientAddressOf(request)) : '',
          isImportant: !reads.has(request.method ?? '') || isLogin(request),
          begin(waitedMs) {
            response.off('close', left);
            begin(app, request, response, { owner, waitedMs });
          },
          reject(reason) {
            // The request whose work ran before does not pay for the rejection.
            chargeLoop(undefined);
            response.off('close', left);
            shed.labels(reason).inc();
            answerEarly(request, response, overloaded());
          },
        });
        function left(): void {
          leave?.();
        }
        if (leave) response.once('close', left);
      },

    shareFairly: (tenantOf) =>
      function share(request: Admitted, _response, next) {
        const tenant = tenantOf(request);
        hints.learn(request, tenant);
        // If the client disconnected during authentication, its slot was already released.
        const slot = request[ownSlot];
        if (slot) {
          queue.move(slot.owner, tenant, slot.waitedMs);
          slot.owner = tenant;
        }
        // After `move`, which may begin other requests and charge the time to them.
        chargeLoop(loopAccountOf(request));
        next();
      },
  };
}

const remoteAddress = ({ socket }: IncomingMessage): string | undefined => socket.remoteAddress;

/** The 503s, one per value of `Retry-After`. Created once, because creating an Error captures a stack trace. */
const overloads = [1, 2, 3].map(
  (seconds) => new Problem('overloaded', { headers: { 'Retry-After': String(seconds) } }),
);

/**
 * Returns a 503. The jitter of `Retry-After` keeps clients from retrying all at once. The connection stays
 * open, because a retry on a new connection costs more.
 */
const overloaded = (): Problem => overloads[Math.floor(Math.random() * overloads.length)] as Problem;
