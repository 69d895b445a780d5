// eslint-disable-next-line no-restricted-imports -- the documented entry of ajv for JSON Schema 2020-12
import { Ajv2020 } from 'ajv/dist/2020.js';

type Node = Readonly<Record<string, unknown>>;

/** An answer of a server as sent. */
export interface RecordedAnswer {
  readonly method: string;
  /** Path of the request without the query. */
  readonly path: string;
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded body; empty when there is none. */
  readonly body: string;
}

/**
 * Returns one line for each part of an answer that the document does not describe; undefined when the
 * document has no such operation.
 */
export type AnswerCheck = (answer: RecordedAnswer) => readonly string[] | undefined;

/**
 * Header fields that any answer may have, although the document does not describe them: RFC 9110 defines
 * them, and repeating them at every answer would hide the specific ones.
 */
const ofEveryAnswer: ReadonlySet<string> = new Set([
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-type',
  'content-encoding',
  'vary',
  'cache-control',
  'x-request-id',
  'set-cookie',
  'x-content-type-options',
  'strict-transport-security',
  'content-security-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
]);

/** Creates a check of answers against an OpenAPI 3.1 document. */
export function answerCheck(document: Node): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, logger: false });
  ajv.addSchema({ ...document, $id: 'document' });
  const operations = Object.entries(node(document['paths'])).map(([path, item]) => ({
    path,
    pattern: new RegExp(
      `^${path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{\w+\}/g, '[^/]+')}$`,
    ),
    item: node(item),
  }));
  // Literal paths take precedence over parameters.
  operations.sort((one, other) => one.path.split('{').length - other.path.split('{').length);

  function resolved(pointer: readonly string[]): {
    readonly value: Node;
    readonly pointer: readonly string[];
  } {
    const value = node(pointer.reduce<unknown>((at, name) => node(at)[name], document));
    const { $ref } = value;
    return typeof $ref === 'string' ? resolved($ref.slice(2).split('/').map(unescaped)) : { value, pointer };
  }

  return ({ method, path, status, headers, body }) => {
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const found = operations.find(({ pattern, item }) => pattern.test(path) && item[verb] !== undefined);
    if (!found) return undefined;
    const name = `${verb.toUpperCase()} ${found.path} ${status}`;
    const responses = ['paths', found.path, verb, 'responses'];
    if (node(resolved(responses).value)[status] === undefined)
      return [`${name}: the status is not described`];
    const { value: response, pointer } = resolved([...responses, String(status)]);
    const described = new Set(Object.keys(node(response['headers'])).map((each) => each.toLowerCase()));
    const lines = Object.keys(headers)
      .filter((each) => !ofEveryAnswer.has(each) && !described.has(each))
      .map((each) => `${name}: the header field ${each} is not described`);
    if (body === '' || method === 'HEAD') return lines;
    const [type = ''] = (headers['content-type'] ?? '').split(';');
    const media = node(response['content'])[type];
    if (media === undefined) return [...lines, `${name}: the media type "${type}" is not described`];
    if (!type.endsWith('json')) return lines;
    const schema = `document#/${[...pointer, 'content', type, 'schema'].map(escaped).join('/')}`;
    if (ajv.validate(schema, JSON.parse(body))) return lines;
    return [
      ...lines,
      ...(ajv.errors ?? []).map(
        (error) => `${name}: ${error.instancePath} ${error.message}: ${body.slice(0, 300)}`,
      ),
    ];
  };
}

const node = (value: unknown): Node =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Node) : {};
/** Escapes a name for a JSON Pointer in a fragment (RFC 6901). */
const escaped = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
const unescaped = (name: string): string =>
  decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
