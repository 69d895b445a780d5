import { integer, type Setting } from '@bff/service-kit';

const day = 86_400;

export const receiptSettings = {
  writeReceiptSeconds: {
    env: 'WRITE_RECEIPT_SECONDS',
    // At least a day, because the answer itself is replayed for a day.
    schema: integer(day, 90 * day),
    default: 7 * day,
    meaning: 'seconds for which the receipt of a write is stored under its Idempotency-Key',
  },
} as const satisfies Record<string, Setting>;
