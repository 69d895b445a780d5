import type { ActingIdentity } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import type { Request } from 'express';

/**
 * The customer that the path names, else the token's own subject.
 *
 * @throws {Problem} `forbidden` when the caller is neither a partner, who acts for every customer of its tenant, nor
 *   that customer
 */
export function customerIn({ params }: Request, { subject, roles }: ActingIdentity): string {
  const customer = (params['customerId'] as string | undefined) ?? subject;
  if (customer !== subject && !roles.includes('partner'))
    throw new Problem('forbidden', { detail: 'The token speaks for another customer.' });
  return customer;
}
