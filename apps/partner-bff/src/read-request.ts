import { type ActingIdentity } from '@bff/auth-delegation';
import { Problem, type ProblemType } from '@bff/service-kit';
import { parseFields, type FieldSelection } from '@bff/shaping';
import { type Request } from 'express';
import { type Operation, type PageQuery } from './contract/operations.ts';

export interface ReadQuery extends Partial<Omit<PageQuery, 'fields'>> {
  readonly fields?: FieldSelection;
}

const problemOf: Readonly<Record<string, ProblemType>> = {
  fields: 'invalid-fields',
  cursor: 'invalid-cursor',
};

/** @throws {Problem} 400, which names the parameter */
export function readQuery({ query }: Operation, request: Request): ReadQuery {
  const { success, data, error } = query.safeParse(request.query);
  if (success) {
    const { fields, ...rest } = data as Partial<PageQuery>;
    return { ...rest, fields: fields === undefined ? undefined : parseFields(fields) };
  }
  const [issue] = error.issues;
  const name = String(issue?.path[0]);
  const repeated = Array.isArray(request.query[name]);
  throw new Problem(problemOf[name] ?? 'bad-request', {
    detail: `${name} ${repeated ? 'may be given once' : issue?.message}`,
  });
}

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
