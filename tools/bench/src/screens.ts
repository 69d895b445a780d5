import { type MeasuredBff } from './measured-world.ts';

/** Complete in the seeded data: nothing that a screen shows is missing, so nothing is saved by what is not there. */
export const user = 'alice';
const order = `${user}-o12`;

export interface Client {
  readonly name: string;
  readonly bff: MeasuredBff;
  /** `shape=flat` is web's alone. */
  readonly hasFlat: boolean;
  /** The ones of the contract, by name: where each is, and a selection such as its client might make. */
  readonly screens: Readonly<Record<string, readonly [path: string, fields: string]>>;
}

const ownScreens: Client['screens'] = {
  profile: ['/api/profile', 'name,orders[*].id'],
  home: ['/api/home', 'name,unread_notifications'],
  orders: ['/api/orders', 'orders[*].id,orders[*].status'],
  order: [`/api/orders/${order}`, 'id,status,items[*].name'],
  notifications: ['/api/notifications', 'notifications[*].id,notifications[*].title'],
  preferences: ['/api/preferences', 'theme,language'],
};

const customer = `/customers/${user}`;
const partnerScreens = (version: string, profile: string, items: string): Client['screens'] => ({
  customer: [`/${version}${customer}`, 'name,email'],
  profile: [`/${version}${customer}/profile`, profile],
  orders: [`/${version}${customer}/orders`, 'orders[*].id,orders[*].status'],
  order: [`/${version}/orders/${order}`, `id,status,${items}`],
  notifications: [`/${version}${customer}/notifications`, 'notifications[*].id,notifications[*].title'],
  preferences: [`/${version}${customer}/preferences`, 'preferences.theme'],
});

export const clients: readonly Client[] = [
  { name: 'web', bff: 'web-bff', hasFlat: true, screens: ownScreens },
  { name: 'mobile', bff: 'mobile-bff', hasFlat: false, screens: ownScreens },
  {
    name: 'partner v1',
    bff: 'partner-bff',
    hasFlat: false,
    screens: partnerScreens('v1', 'name,orders[*].id', 'items[*].name'),
  },
  {
    name: 'partner v2',
    bff: 'partner-bff',
    hasFlat: false,
    screens: partnerScreens('v2', 'customer.name,orders[*].id', 'items[*].name'),
  },
];
