import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { type User } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

/** One source, and no answer without it. */
export const customerScreen = ({ user }: Clients) =>
  defineScreen<ScreenScope>()({
    name: 'customer',
    budgetMs: 2_000,
    sources: {
      user: {
        read: async (scope, deadline) =>
          mapOutcome(await user.profile({ ...scope, deadline }, { userId: scope.userId }), customerOf),
        fallback: {
          id: '', name: '', email: '', avatar_url: null, last_login: null, locale: '', phone: null, created_at: '',
        } as CustomerPart, // prettier-ignore
        required: true,
        whenAbsent: 'fail',
      },
    },
  });

type CustomerPart = ReturnType<typeof customerOf>;

const customerOf = ({ id, name, email, avatar_url, last_login, locale, phone, created_at }: User) =>
  ({ id, name, email, avatar_url, last_login, locale, phone, created_at }); // prettier-ignore
