import type { TenantId } from '@bff/service-kit';
import { digestOf } from '../opaque.ts';

/** Selects sessions or access tokens by their user, home tenant or client. */
export type EndTarget =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'tenant'; readonly tenant: TenantId }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'subject'; readonly issuer: string; readonly subject: string };

/** The access that a user gave to one client, which the user can end. */
export interface ClientAccessTarget {
  readonly kind: 'client-access';
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
}

/** Returns the key of a target in the store and in messages. A user is represented by a digest. */
export function targetKey(target: EndTarget | ClientAccessTarget): string {
  switch (target.kind) {
    case 'everybody':
      return 'everybody';
    case 'tenant':
      return `tenant:${target.tenant}`;
    case 'client':
      return `client:${target.clientId}`;
    case 'subject':
      return `subject:${digestOf(target.issuer, target.subject)}`;
    case 'client-access':
      return `client-access:${digestOf(target.issuer, target.subject, target.clientId)}`;
  }
}

/** The properties by which a session or token can be selected. */
export interface Endable {
  readonly home: string;
  readonly clientId?: string | undefined;
  readonly issuer: string;
  /** The user's subjects: ours, the provider's, or both. If empty, user targets do not match. */
  readonly subjects: readonly string[];
}

/** Returns the keys of all targets that select this session or token. */
export function targetKeysOf({ home, clientId, issuer, subjects }: Endable): readonly string[] {
  return [
    targetKey({ kind: 'everybody' }),
    targetKey({ kind: 'tenant', tenant: home as TenantId }),
    ...(clientId === undefined ? [] : [targetKey({ kind: 'client', clientId })]),
    ...subjects.map((subject) => targetKey({ kind: 'subject', issuer, subject })),
  ];
}
