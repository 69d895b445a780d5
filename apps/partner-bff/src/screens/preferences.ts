import { defineScreen } from '@bff/aggregation';
import { type Preferences } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

export const preferencesScreen = ({ user }: Clients) =>
  defineScreen<ScreenScope>()({
    name: 'preferences',
    budgetMs: 2_000,
    sources: {
      preferences: {
        async read(scope, deadline) {
          const outcome = await user.preferences({ ...scope, deadline }, { userId: scope.userId });
          if (outcome.kind === 'value')
            return { ...outcome, value: { preferences: outcome.value, upstream_tag: outcome.etag ?? null } };
          if (outcome.kind !== 'failed') return outcome;
          // A stale copy may be shown, and is no ground for a change.
          const stale = outcome.stale && { ...outcome.stale, value: { preferences: outcome.stale.value, upstream_tag: null } }; // prettier-ignore
          return { ...outcome, stale };
        },
        fallback: { preferences: {} as Preferences, upstream_tag: null as string | null },
        required: true,
        whenAbsent: 'fail',
      },
    },
  });
