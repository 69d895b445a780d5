import { answerObject } from '@bff/shaping';
import { z } from 'zod';

/**
 * Amount of money as a decimal string with two digits. A JSON number becomes binary floating point in most
 * clients, and an integer of minor units is easily misread by a factor of 100.
 */
export const money = answerObject({
  amount: z
    .string()
    .regex(/^-?\d+\.\d{2}$/)
    .meta({ description: 'Decimal number with two digits after the point.', examples: ['1234.50'] }),
  currency: z.string().meta({ description: 'ISO 4217.', examples: ['EUR'] }),
}).meta({ id: 'Money' });

export type Money = z.output<typeof money>;

/**
 * Formats hundredths as a decimal string.
 * @param cents hundredths of the currency's unit, a safe integer
 */
export function decimalOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const centsOf = (amount: string): number => Number(amount.replace('.', ''));
