import { screen, source } from '@bff/screens';
import { order as orderService } from '@bff/services';
import { order as orderAnswer } from './members.ts';

/** In the view an order stands in the list of orders, because that is where policies look for it. */
export const order = screen('order', {
  summary: 'One order',
  sources: { order: source(orderService.byId, { as: 'orders', required: true }) },
  root: 'orders[0]',
  answer: orderAnswer,
});
