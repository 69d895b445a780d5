/** Scopes of access tokens, and what each permits. */
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
 * Declares the scopes of a screen or write; all are required. Includes the read scope of every member that is
 * answered, also by a write.
 */
export const needs = (...names: readonly Scope[]): readonly Scope[] => names;
