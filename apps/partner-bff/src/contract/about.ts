/** Title, version and summary of the OpenAPI document. */
export const about = {
  title: 'Partner API',
  version: '2.0.0',
  summary: "Customers, orders and notifications of your tenant, for your company's servers.",
} as const;

/** Groups of operations, with their descriptions. */
export const tags = {
  Customers: 'Customers of your tenant',
  Orders: 'Orders of your tenant',
  Notifications: 'Notifications of your tenant',
  Writes: 'Outcome of your writes',
} as const;

/** Group of an operation. */
export const tagOf = (): keyof typeof tags => 'Customers';
