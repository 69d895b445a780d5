/** Parameters that this client sets itself or never sends; they can be neither configured nor passed on. */
const ours: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'response_type',
  'response_mode',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'dpop_jkt',
  'prompt',
  'request',
  'request_uri',
]);
const nameSyntax = /^[\w.-]{1,64}$/;
const valueSyntax = /^[^\p{Cc}]{1,512}$/u;
const secondsSyntax = /^\d{1,9}$/;

/** JSON schemas of the values that {@link passedParameters} accepts; an empty value counts as omitted. */
export const passedParameterSchemas = {
  text: { type: 'string', maxLength: 512, pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]*$' },
  seconds: { type: 'integer', minimum: 0, maximum: 999_999_999 },
} as const;

/**
 * Returns the names that may not be configured. A fixed `max_age` is forbidden too, because the `auth_time`
 * of the ID token would not be checked against it.
 */
export const forbiddenParameters = (names: readonly string[], kind?: 'fixed'): readonly string[] =>
  names.filter(
    (name) => ours.has(name) || !nameSyntax.test(name) || (kind === 'fixed' && name === 'max_age'),
  );

/** Parameters of a request that are passed to the provider. */
export interface PassedParameters {
  readonly maxAge?: number;
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * Returns the parameters of a request that are passed to the provider. A parameter without a value counts as
 * omitted.
 * @returns undefined when a parameter is repeated, too long or invalid
 */
export function passedParameters(
  query: URLSearchParams,
  allowed: readonly string[],
): PassedParameters | undefined {
  const extra: Record<string, string> = {};
  let maxAge: number | undefined;
  for (const name of allowed) {
    const [value = '', ...more] = query.getAll(name);
    if (more.length > 0) return undefined;
    if (value === '') continue;
    if (!(name === 'max_age' ? secondsSyntax : valueSyntax).test(value)) return undefined;
    if (name === 'max_age') maxAge = Number(value);
    else extra[name] = value;
  }
  return { extra, ...(maxAge !== undefined && { maxAge }) };
}
