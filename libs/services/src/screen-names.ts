/** The screens of all apps, as tenants' policies name them. Written by `nx sync` from the apps' tables. */
export const screenNames = [
  'customer',
  'home',
  'notifications',
  'order',
  'orders',
  'preferences',
  'profile',
] as const;
