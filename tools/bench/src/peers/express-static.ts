import express from 'express';
import { port } from './environment.ts';
import { defaults, profileView } from './profile-view.ts';

/** Express answering one constant object as JSON: what an answer costs in which nothing is done. */
const item = { sku: 'SKU-10000', name: 'Walking boots', quantity: 1, unit_cents: 1_990 };
const order = {
  id: 'o-1', status: 'delivered', placed_at: '2026-01-11T09:24:00.000Z', total_cents: 12_345, currency: 'EUR',
  note: null, items: [item, item],
}; // prettier-ignore
const view = profileView({
  ...defaults,
  user: { name: 'Customer 1', email: 'u1@customers.example', avatar_url: null, last_login: null },
  orders: { items: [order, order, order, order, order] },
});
const app = express();
app.get('/api/profile', (_request, response) => void response.json(view));
app.listen(port, '127.0.0.1');
