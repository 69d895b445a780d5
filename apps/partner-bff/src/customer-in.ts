import type { ActingIdentity } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import type { Request } from 'express';

/**
 * Returns the customer that the path names, otherwise the subject of the token.
 * @throws {Problem} `forbidden` if the caller is not that customer and lacks the role `partner`, which may
 *   act for every customer of its tenant
 */
export function customerIn({ params }: Request, { subject, roles }: ActingIdentity): string {
  const customer = (params['customerId'] as string | undefined) ?? subject;
  if (customer !== subject && !roles.includes('partner'))
    throw new Problem('forbidden', { detail: 'The token was issued for another customer.' });
  return customer;
}
