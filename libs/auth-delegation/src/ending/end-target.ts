import type { TenantId } from '@bff/service-kit';
import { digestOf } from '../opaque.ts';

/** Whose sessions or access tokens are meant. A tenant is the home of a user; a client holds tokens. */
export type EndTarget =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'tenant'; readonly tenant: TenantId }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'subject'; readonly issuer: string; readonly subject: string };

/** Names a target in the store and in messages; users only by a digest. */
export function targetKey(target: EndTarget): string {
  switch (target.kind) {
    case 'everybody':
      return 'everybody';
    case 'tenant':
      return `tenant:${target.tenant}`;
    case 'client':
      return `client:${target.clientId}`;
    case 'subject':
      return `subject:${digestOf(target.issuer, target.subject)}`;
  }
}

/** What a session or a token can be ended by. */
export interface Endable {
  readonly home: string;
  readonly clientId?: string | undefined;
  readonly issuer: string;
  /** Our name of the user, the provider's, or both. Empty: users are not looked at. */
  readonly subjects: readonly string[];
}

/** The keys of all targets that mean it. */
export function targetKeysOf({ home, clientId, issuer, subjects }: Endable): readonly string[] {
  return [
    targetKey({ kind: 'everybody' }),
    targetKey({ kind: 'tenant', tenant: home as TenantId }),
    ...(clientId === undefined ? [] : [targetKey({ kind: 'client', clientId })]),
    ...subjects.map((subject) => targetKey({ kind: 'subject', issuer, subject })),
  ];
}
