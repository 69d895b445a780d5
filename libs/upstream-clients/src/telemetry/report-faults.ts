import type { Clock, Logger } from '@bff/service-kit';
import type { CallScope, Fault } from '../pipeline/call.ts';
import type { AnyOperation } from '../pipeline/operation.ts';

/** Reports why an answer could not be used. */
export type ReportFault = (operation: AnyOperation, fault: Fault, scope: CallScope) => void;

/** Minimum milliseconds between two log lines of the same upstream and kind of fault. */
const pauseMs = 60_000;

/**
 * Creates a function that logs faults, at most one line per minute for each upstream and kind of fault (F10).
 * A line says how many faults were omitted since the previous line. Names the header field or the member,
 * never its value. Create one per upstream.
 */
export function createFaultReport(log: Logger, clock: Clock): ReportFault {
  const lines = new Map<string, { readonly at: number; omitted: number }>();
  return function report({ service: upstream, name: operation }, { kind, field }, { requestId }) {
    const now = clock();
    const last = lines.get(kind);
    if (last && now - last.at < pauseMs) {
      last.omitted++;
      return;
    }
    lines.set(kind, { at: now, omitted: 0 });
    log.warn(
      {
        upstream,
        operation,
        kind,
        field: field?.slice(0, 200),
        request_id: requestId,
        ...(last && last.omitted > 0 && { omitted: last.omitted }),
      },
      'the answer of an upstream cannot be used',
    );
  };
}
