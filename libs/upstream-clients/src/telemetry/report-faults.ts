import type { Clock, Logger } from '@bff/service-kit';
import type { CallScope, Fault } from '../pipeline/call.ts';
import type { AnyOperation } from '../pipeline/operation.ts';

/** Says why an answer could not be used. */
export type ReportFault = (operation: AnyOperation, fault: Fault, scope: CallScope) => void;

/** Between two lines of one upstream and kind, in milliseconds. */
const pauseMs = 60_000;

/**
 * One log line per upstream and kind of fault in a minute (F10); it says how many came since the last. Names the header
 * field or the member, never what it holds. To be created once per upstream.
 */
export function createFaultReport(log: Logger, clock: Clock): ReportFault {
  const lines = new Map<string, { readonly at: number; unsaid: number }>();
  return function report({ service: upstream, name: operation }, { kind, field }, { requestId }) {
    const now = clock();
    const last = lines.get(kind);
    if (last && now - last.at < pauseMs) {
      last.unsaid++;
      return;
    }
    lines.set(kind, { at: now, unsaid: 0 });
    log.warn(
      {
        upstream,
        operation,
        kind,
        field: field?.slice(0, 200),
        request_id: requestId,
        ...(last && last.unsaid > 0 && { unsaid: last.unsaid }),
      },
      'the answer of an upstream cannot be used',
    );
  };
}
