/** The measured user, who has no missing values in the seeded data, so that absent members save no bytes. */
export const user = 'alice';
const order = `${user}-o12`;

/** Path of each screen of a client, and a typical value of `fields=`. */
type Screens = Readonly<Record<string, readonly [path: string, fields: string]>>;

const ownScreens: Screens = {
  profile: ['/api/profile', 'name,orders[*].id'],
  home: ['/api/home', 'name,unread_notifications'],
  orders: ['/api/orders', 'orders[*].id,orders[*].status'],
  order: [`/api/orders/${order}`, 'id,status,items[*].name'],
  notifications: ['/api/notifications', 'notifications[*].id,notifications[*].title'],
  preferences: ['/api/preferences', 'theme,language'],
};

const customer = `/customers/${user}`;
const partnerScreens = (version: string, profile: string, items: string): Screens => ({
  customer: [`/${version}${customer}`, 'name,email'],
  profile: [`/${version}${customer}/profile`, profile],
  orders: [`/${version}${customer}/orders`, 'orders[*].id,orders[*].status'],
  order: [`/${version}/orders/${order}`, `id,status,${items}`],
  notifications: [`/${version}${customer}/notifications`, 'notifications[*].id,notifications[*].title'],
  preferences: [`/${version}${customer}/preferences`, 'preferences.theme'],
});

export const clients = [
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
] as const;
