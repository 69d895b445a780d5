/**
 * The closed list of problem types (RFC 9457) with status and title. The page of a type is
 * `docs/problems/<type>.md`.
 */
export const problemTypes = {
  'bad-request': [400, 'The request is malformed'],
  'invalid-fields': [400, 'The field selection is not valid'],
  'invalid-cursor': [400, 'The cursor is not valid'],
  'invalid-return-to': [400, 'The return address is not a local path'],
  'tenant-conflict': [400, 'Header and subdomain name different tenants'],
  'not-authenticated': [401, 'Authentication is required'],
  forbidden: [403, 'Not allowed'],
  'insufficient-scope': [403, 'The access token lacks a scope'],
  csrf: [403, 'Cross-site request rejected'],
  'unknown-tenant': [403, 'The tenant is not known'],
  'tenant-mismatch': [403, 'The tenant is not one of yours'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'not-acceptable': [406, 'No acceptable representation'],
  'request-timeout': [408, 'The request took too long to arrive'],
  conflict: [409, 'The request conflicts with the current state'],
  'precondition-failed': [412, 'The resource has changed'],
  'content-too-large': [413, 'The body is too large'],
  'uri-too-long': [414, 'The URI is too long'],
  'unsupported-media-type': [415, 'The content type is not supported'],
  'expectation-failed': [417, 'The expectation cannot be met'],
  unprocessable: [422, 'The content is not valid'],
  'precondition-required': [428, 'A precondition header is required'],
  'quota-exceeded': [429, 'The quota is used up'],
  'headers-too-large': [431, 'The header fields are too large'],
  internal: [500, 'Internal server error'],
  'upstream-failed': [502, 'A required service failed'],
  unavailable: [503, 'Service temporarily unavailable'],
  overloaded: [503, 'Service overloaded'],
  'upstream-timeout': [504, 'A required service did not answer in time'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemType = keyof typeof problemTypes;

export interface ProblemOptions {
  /** Text for the client, without stack, upstream text or secret. */
  readonly detail?: string;
  /** Response headers, such as `Retry-After`, `Allow` or `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An error that the client may see. Routes and libraries throw it; one handler turns it into a response. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly type: ProblemType;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: ProblemType, options: ProblemOptions = {}) {
    super(options.detail ?? problemTypes[type][1], { cause: options.cause });
    this.type = type;
    [this.status, this.title] = problemTypes[type];
    this.detail = options.detail;
    this.headers = options.headers ?? {};
  }
}

/** Members of the `application/problem+json` body. `type` is a reference relative to the service. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  readonly request_id: string;
}

export function problemBody(problem: Problem, instance: string, requestId: string): ProblemBody {
  const { title, status, detail } = problem;
  return {
    type: `/problems/${problem.type}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    instance,
    request_id: requestId,
  };
}
