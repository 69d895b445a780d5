import { screen, source } from '@bff/screens';
import { order as orderService } from '@bff/services';
import { order as orderAnswer } from './members.ts';

/** The view nests the order in the array `orders`, because tenant policies address it by that path. */
export const order = screen('order', {
  summary: 'One order',
  sources: { order: source(orderService.byId, { as: 'orders', required: true }) },
  root: 'orders[0]',
  answer: orderAnswer,
});
