import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { defineShape } from '@bff/shaping';
import { type Preferences } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

/** Where preferences stand in a view, and where policies look for them. */
export const preferencesView = (preferences: Preferences) => ({ preferences });

/** Sources to fetch: the preferences. */
export const preferencesScreen = ({ user }: Clients) =>
  defineScreen<ScreenScope>()({
    name: 'preferences',
    budgetMs: 2_000,
    sources: {
      preferences: {
        read: async (scope, deadline) =>
          mapOutcome(
            await user.preferences({ ...scope, deadline }, { userId: scope.userId }),
            preferencesView,
          ),
        fallback: preferencesView({}),
        required: true,
        whenAbsent: 'fail',
      },
    },
  });

/** Shape to return: the preferences themselves, so that a merge patch of this resource has their names at its root. */
export const preferencesShape = defineShape({
  name: 'web/preferences/1',
  nulls: 'keep',
  of: ({ preferences }: ReturnType<typeof preferencesView>) => preferences ?? {},
});
