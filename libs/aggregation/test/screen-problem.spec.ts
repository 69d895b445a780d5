import { expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { screenProblem, type Aggregate } from '../src/index.ts';

test.each<[Exclude<Aggregate<object>, { kind: 'view' }>, status: number, retryAfter: string | undefined]>([
  [{ kind: 'failed', source: 'echo', cause: 'absent' }, 404, undefined],
  [{ kind: 'failed', source: 'echo', cause: 'error', retryAfterMs: 7_000 }, 502, undefined],
  [{ kind: 'failed', source: 'echo', cause: 'unavailable', retryAfterMs: 7_001 }, 503, '8'],
  [{ kind: 'failed', source: 'echo', cause: 'unavailable' }, 503, '5'],
  [{ kind: 'failed', source: 'echo', cause: 'timeout' }, 504, '5'],
  [{ kind: 'lost', degraded: [], retryAfterMs: 30_000 }, 503, '30'],
  [{ kind: 'lost', degraded: [], retryAfterMs: 0 }, 503, '1'],
  [{ kind: 'lost', degraded: [] }, 503, '5'],
  [{ kind: 'aborted' }, 408, undefined],
])(
  'a screen with the result %j is answered with a problem that does not name the source',
  (result, status, retryAfter) => {
    const problem = screenProblem(result);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.status).toBe(status);
    expect(problem.headers['Retry-After']).toBe(retryAfter);
    expect(problem.message).not.toContain('echo');
  },
);
