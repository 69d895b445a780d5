import { answerObject } from '@bff/shaping';
import { z } from 'zod';

/**
 * The amount is a decimal string with two digits: a JSON number becomes binary floating point in most clients, and an
 * integer of minor units is off by a factor of 100 for everybody who does not read this.
 */
export const money = answerObject({
  amount: z
    .string()
    .regex(/^-?\d+\.\d{2}$/)
    .meta({ description: 'Decimal number with two digits after the point.', examples: ['1234.50'] }),
  currency: z.string().meta({ description: 'ISO 4217.', examples: ['EUR'] }),
}).meta({ id: 'Money' });

export type Money = z.output<typeof money>;

/** @param cents hundredths of the currency's unit, a safe integer */
export function decimalOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const centsOf = (amount: string): number => Number(amount.replace('.', ''));
