/** What an access token can be granted, and what that lets its holder do. */
export const scopes = {
  'customers:read': 'Read customers: names, addresses, loyalty.',
  'preferences:read': 'Read preferences.',
  'preferences:write': 'Change preferences.',
  'orders:read': 'Read orders, with name and email of their customer.',
  'notifications:read': 'Read notifications.',
  'notifications:write': 'Mark notifications as read.',
} as const;

export type Scope = keyof typeof scopes;

/** Scopes of a screen or write; every one is needed. What an answer shows needs to be readable, also that of a write. */
export const needs = (...names: readonly Scope[]): readonly Scope[] => names;
