import { createHash } from 'node:crypto';
import { problemTypes } from '@bff/service-kit';
import { type JsonNode } from '@bff/shaping';
import { scopes } from './contract/scopes.ts';
import { versions } from './contract/versions.ts';

/** The documentation as one page without script, made from the document. */
export function documentation(document: JsonNode): {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { info, paths, components } = document as unknown as Document;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)} ${escaped(info.version)}</title><style>${style}</style></head>
<body><main>
<h1>${escaped(info.title)}</h1>
<p>${escaped(info.summary)} ${escaped(info.description)} <a href="/openapi.json">OpenAPI document</a></p>
${Object.entries(sections).map(([title, text]) => `<section><h2>${title}</h2>${text}</section>`).join('\n')}
${versions.toReversed().map(({ name, deprecated }) => `<section id="${name}"><h2>Version ${name.slice(1)}</h2>
${deprecated ? `<p><strong>Deprecated</strong> since ${day(deprecated.since)}; it ends on ${day(deprecated.sunset)}. Use the current version.</p>` : '<p>The current version.</p>'}
${Object.entries(paths).filter(([path]) => path.startsWith(`/${name}/`)).map(([path, item]) => operationsOf(path, item)).join('\n')}</section>`).join('\n')}
<section id="schemas"><h2>Schemas</h2>${Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema)).join('\n')}</section>
</main></body></html>
`; // prettier-ignore
  // Nothing may be loaded or run but the one style sheet inside.
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`; // prettier-ignore
  return { html, headers: { 'Content-Security-Policy': policy } };
}

interface Document {
  readonly info: { readonly title: string; readonly version: string; readonly summary: string; readonly description: string }; // prettier-ignore
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationNode>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface OperationNode {
  readonly summary: string;
  readonly security: readonly { readonly bearer?: readonly string[] }[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly description?: string }[]; // prettier-ignore
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema: Schema } } }>>; // prettier-ignore
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:auto;padding:1rem}
h2{border-bottom:1px solid;margin-top:3rem}code,pre{font:14px/1.4 ui-monospace,monospace}table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
th,td{text-align:left;vertical-align:top;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #8884}`; // prettier-ignore

const sections = {
  Authentication:
    '<p>An OAuth 2.0 access token (RFC 9068) by client credentials, as <code>Authorization: Bearer</code>; with DPoP (RFC 9449) or a client certificate (RFC 8705) when your client is registered so. It acts for every customer of your tenant, and for nobody else. It needs the scopes that stand beside each operation: without one the answer is 403 <code>insufficient-scope</code>.</p>' +
    `<table><tr><th>scope</th><th></th></tr>${Object.entries(scopes).map(([name, meaning]) => `<tr><td><code>${name}</code></td><td>${escaped(meaning)}</td></tr>`).join('')}</table>`, // prettier-ignore
  Limits:
    '<p>Every answer tells where you stand: <code>RateLimit-Policy: "burst";q=100;w=60</code> is 100 requests in 60 seconds, <code>RateLimit: "burst";r=50;t=30</code> that 50 remain for 30 seconds. Beyond that: 429 <code>quota-exceeded</code> with <code>Retry-After</code>.</p>',
  Pages:
    '<p>A list tells the cursor of its next page, good for 24 hours, for the same path, <code>limit</code> and <code>fields</code>. After a 400 <code>invalid-cursor</code> begin at the first page.</p>',
  Writes:
    '<p>Each change needs an <code>Idempotency-Key</code> of its own. Send the same request with the same key as often as you like: it is done once, and for 24 hours answered alike. 409: the first one is under way, come back. 422: the key was used for something else.</p>',
  Errors: `<p>Problems of RFC 9457, <code>application/problem+json</code>. Decide by <code>type</code>; quote <code>request_id</code> when you ask us.</p>
<table><tr><th>type</th><th>status</th><th>title</th></tr>${Object.entries(problemTypes)
    .map(([type, [status, title]]) => `<tr id="problem-${type}"><td><code>/problems/${type}</code></td><td>${status}</td><td>${escaped(title)}</td></tr>`)
    .join('')}</table>`, // prettier-ignore
};

const operationsOf = (path: string, item: Readonly<Record<string, OperationNode>>): string =>
  Object.entries(item)
    .map(([method, { summary, security, parameters, requestBody, responses }]) => `<article><h3><code>${method.toUpperCase()} ${escaped(path)}</code></h3>
<p>${escaped(summary)}. ${answerText(responses)}${requestBody ? ` Body: <code>${Object.keys(requestBody.content).map(escaped).join()}</code>.` : ''} Scopes: ${(security[0]?.bearer ?? []).map((scope) => `<code>${escaped(scope)}</code>`).join(' ')}.</p>
<table><tr><th>parameter</th><th>in</th><th></th></tr>${parameters.map((each) => `<tr><td><code>${escaped(each.name)}</code></td><td>${each.in}${each.required ? ', required' : ''}</td><td>${escaped(each.description ?? '')}</td></tr>`).join('')}</table></article>`)
    .join('\n'); // prettier-ignore

/** What an operation answers when it succeeds. */
function answerText(responses: OperationNode['responses']): string {
  const [schema] = Object.entries(responses).flatMap(([status, { content }]) =>
    status.startsWith('2') ? (content?.['application/json']?.schema ?? []) : [],
  );
  return schema ? `Answers ${typeText(schema)}.` : 'Answers without a body.';
}

const schemaSection = (name: string, { properties = {} }: Schema): string =>
  `<article id="schema-${escaped(name)}"><h3><code>${escaped(name)}</code></h3><table><tr><th>member</th><th>type</th><th></th></tr>${Object.entries(properties)
    .map(([member, schema]) => `<tr><td><code>${escaped(member)}</code></td><td>${typeText(schema)}</td><td>${escaped(schema.description ?? '')}</td></tr>`)
    .join('')}</table></article>`; // prettier-ignore

function typeText({ $ref, type, items, anyOf, enum: values }: Schema): string {
  if ($ref !== undefined) {
    const name = escaped($ref.slice($ref.lastIndexOf('/') + 1));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (anyOf) return anyOf.map(typeText).join(' or ');
  if (values) return values.map((value) => `<code>${escaped(String(value))}</code>`).join(', ');
  if (items) return `list of ${typeText(items)}`;
  return escaped([type ?? 'anything'].flat().join(' or '));
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
