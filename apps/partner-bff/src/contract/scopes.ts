/** Scopes of access tokens, with the operations that each permits. */
export const scopes = {
  'customers:read': 'Read customers: names, addresses, loyalty.',
  'preferences:read': 'Read preferences.',
  'preferences:write': 'Change preferences.',
  'orders:read': 'Read orders, with name and email of their customer.',
  'notifications:read': 'Read notifications.',
  'notifications:write': 'Mark notifications as read.',
} as const;

export type Scope = keyof typeof scopes;

/**
 * Declares the scopes of a screen or write, all of which a token must have. They include the read scope of
 * every member of the answer, also for a write.
 */
export const needs = (...names: readonly Scope[]): readonly Scope[] => names;
