/**
 * The screens for which a tenant may be shown less than elsewhere. A closed list: a misspelt screen in a directory is a
 * fault, not a rule that hides nothing in silence.
 */
export const screenNames = [
  'profile',
  'home',
  'orders',
  'order',
  'notifications',
  'preferences',
  'customer',
] as const;
