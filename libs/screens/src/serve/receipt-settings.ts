import { integer, type Setting } from '@bff/service-kit';

const day = 86_400;

export const receiptSettings = {
  writeReceiptSeconds: {
    env: 'WRITE_RECEIPT_SECONDS',
    // At least a day, because the answer itself is replayed for a day.
    schema: integer(day, 90 * day),
    default: 7 * day,
    meaning: 'seconds for which the Idempotency-Key of a write is known, and what the write came to',
  },
} as const satisfies Record<string, Setting>;
