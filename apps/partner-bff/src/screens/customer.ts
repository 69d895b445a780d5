import { screen, source } from '@bff/screens';
import { user } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

export const customer = screen('customer', {
  summary: 'One customer',
  tag: 'Customers',
  scopes: needs('customers:read'),
  sources: {
    user: source(user.profile, {
      required: true,
      members: ['id', 'name', 'email', 'avatar_url', 'last_login', 'locale', 'phone', 'created_at'],
    }),
  },
  answers: { v1: v1.customer, v2: v2.customer },
});
