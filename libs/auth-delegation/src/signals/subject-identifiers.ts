import { TokenRefused } from '../jwt/token-refused.ts';
import type { SubjectName } from '../session/session-index.ts';

/** A user, identified by one of the subjects under which sessions are indexed. */
export interface NamedUser {
  readonly name: SubjectName;
  readonly id: string;
}

/**
 * Users and sessions that a subject identifier names; both are empty if it cannot be mapped to a user or
 * session.
 */
export interface SignalSubject {
  readonly users: readonly NamedUser[];
  /** Session ids of the provider (`sid`). */
  readonly sessions: readonly string[];
}

export interface SubjectRules {
  /** Issuers whose `sub` equals the `sub` of our ID tokens. */
  readonly issuers: readonly string[];
  /** Whether the subject of users is their email address (`SUBJECT_CLAIM=email`). */
  readonly isEmailSubject: boolean;
  /** Whether an opaque identifier outside a complex subject identifies a user or a session. */
  readonly opaqueNames: 'user' | 'session';
}

type Identifier = Readonly<Record<string, unknown>>;

/** Maximum number of identifiers of one subject. */
const maxIdentifiers = 100;
const longestId = 255;
const nobody: SignalSubject = { users: [], sessions: [] };
/** Members of a complex subject (Shared Signals Framework 1.0, section 3.2). */
const complexMembers = ['user', 'session', 'device', 'application', 'tenant', 'org_unit', 'group'];

/**
 * Reads a subject identifier (RFC 9493, Shared Signals Framework 1.0). Formats that cannot be mapped to a
 * user or session, such as phone numbers, devices or tenants, identify nobody.
 * @throws {TokenRefused} `claims` when it is malformed, or has more than 100 identifiers
 */
export function readSubject(value: unknown, rules: SubjectRules): SignalSubject {
  const subject = identifierIn(value);
  const format = formatOf(subject);
  if (format === 'complex' || (format === undefined && complexMembers.some((name) => name in subject)))
    return complexSubject(subject, rules);
  if (format === 'aliases') return aliasesOf(subject, rules);
  return simpleSubject(subject, format, rules);
}

function complexSubject({ user, session }: Identifier, rules: SubjectRules): SignalSubject {
  const users = user === undefined ? nobody : simpleIn(user, { ...rules, opaqueNames: 'user' });
  const sessions = session === undefined ? nobody : simpleIn(session, { ...rules, opaqueNames: 'session' });
  return { users: users.users, sessions: sessions.sessions };
}

/** Reads an `aliases` subject: several identifiers of one subject. They cannot be nested (RFC 9493). */
function aliasesOf({ identifiers }: Identifier, rules: SubjectRules): SignalSubject {
  if (!Array.isArray(identifiers) || identifiers.length > maxIdentifiers) throw malformed();
  const each = identifiers.map((identifier) => simpleIn(identifier, rules));
  return { users: each.flatMap(({ users }) => users), sessions: each.flatMap(({ sessions }) => sessions) };
}

function simpleIn(value: unknown, rules: SubjectRules): SignalSubject {
  const identifier = identifierIn(value);
  const format = formatOf(identifier);
  if (format === 'aliases' || format === 'complex') throw malformed();
  return simpleSubject(identifier, format, rules);
}

function simpleSubject(
  subject: Identifier,
  format: string | undefined,
  { issuers, isEmailSubject, opaqueNames }: SubjectRules,
): SignalSubject {
  switch (format) {
    case 'iss_sub': {
      const [iss, sub] = [textIn(subject, 'iss'), textIn(subject, 'sub')];
      return issuers.includes(iss) ? { users: [{ name: 'sub', id: sub }], sessions: [] } : nobody;
    }
    case 'opaque': {
      const id = textIn(subject, 'id');
      return opaqueNames === 'user'
        ? { users: [{ name: 'sub', id }], sessions: [] }
        : { users: [], sessions: [id] };
    }
    case 'email': {
      const id = textIn(subject, 'email');
      if (!isEmailSubject) return nobody;
      // The address is our subject, so it is an `own-sub`. If it also is the provider's `sub`, sessions have
      // only a `sub` index entry; therefore both names are returned.
      const names: readonly SubjectName[] = ['own-sub', 'sub'];
      return { users: names.map((name) => ({ name, id })), sessions: [] };
    }
    case undefined:
      throw malformed();
    default:
      return nobody;
  }
}

/** Returns the format. RISC drafts of 2018 name the member `subject_type` and write `iss-sub`. */
function formatOf({ format, subject_type: legacy }: Identifier): string | undefined {
  const name = format ?? legacy;
  if (name === undefined) return undefined;
  if (typeof name !== 'string') throw malformed();
  return name.replaceAll('-', '_');
}

function identifierIn(value: unknown): Identifier {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return value as Identifier;
}

function textIn(subject: Identifier, member: string): string {
  const value = subject[member];
  if (typeof value !== 'string' || value === '' || value.length > longestId) throw malformed();
  return value;
}

const malformed = (): TokenRefused => new TokenRefused('claims', 'sub_id');
