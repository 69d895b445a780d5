/** The screens of all apps, as tenants' policies name them. Written by `npm run derive` from the apps' tables. */
export const screenNames = [
  'customer',
  'home',
  'notifications',
  'order',
  'orders',
  'preferences',
  'profile',
] as const;
