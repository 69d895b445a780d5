import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = resolve(import.meta.dirname, '../../..');
const apps = ['web-bff', 'mobile-bff', 'partner-bff'] as const;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
}
interface Operation {
  readonly summary?: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly Parameter[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly headers: Readonly<Record<string, { readonly description?: string }>> };
}

export const referenceFile = resolve(root, 'docs/reference/README.md');

/** `docs/reference/README.md` as the contracts of the apps have it, which their tests hold to the code. */
export async function referencePage(): Promise<string> {
  const documents = apps.map((app) => ({ app: app.replace('-bff', ''), ...documentOf(app) }));
  const rows = new Map<'operations' | 'query' | 'header' | 'answer', Map<string, Set<string>>>();
  const note = (
    kind: 'operations' | 'query' | 'header' | 'answer',
    row: readonly string[],
    app: string,
  ): void => {
    const ofKind = rows.get(kind) ?? new Map<string, Set<string>>();
    rows.set(kind, ofKind);
    const key = row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ');
    ofKind.set(key, (ofKind.get(key) ?? new Set()).add(app));
  };
  for (const { app, paths, components } of documents) {
    for (const [path, item] of Object.entries(paths))
      for (const [method, { summary = '', deprecated, parameters = [] }] of Object.entries(item)) {
        const about = deprecated ? `${summary} (deprecated)` : summary;
        note('operations', [`\`${method.toUpperCase()} ${path}\``, about], app);
        for (const parameter of parameters)
          if (parameter.in === 'query' || parameter.in === 'header')
            note(parameter.in, [`\`${parameter.name}\``, parameter.description ?? ''], app);
      }
    for (const [name, { description = '' }] of Object.entries(components.headers))
      note('answer', [`\`${name}\``, description], app);
  }
  const table = (kind: Parameters<typeof note>[0], heading: string): string => {
    const lines = [...(rows.get(kind) ?? [])].map(([row, where]) => `| ${row} | ${[...where].join(', ')} |`);
    return [`| ${heading} | what it is | where |`, '| - | - | - |', ...lines].join('\n');
  };

  const text = `# Reference

Made by \`node tools/testbed/src/reference.ts\` from the contracts of the three apps; a test fails when it is not of today.

Elsewhere: [settings](../operations.md#settings) · [metrics](../operations.md#metrics) · [problem types](../problems/README.md) ·
[breakers and budgets](../resilience.md#budgets-and-breakers) · the full contracts: ${apps.map((app) => `[${app}](../../apps/${app}/openapi.json)`).join(', ')}

## Addresses

${table('operations', 'address')}

The management port has \`/livez\`, \`/readyz\`, \`/metrics\`, \`/console\` and \`/.well-known/jwks.json\`.

## Query parameters

${table('query', 'parameter')}

## Request headers

${table('header', 'header')}

## Response headers

${table('answer', 'header')}
`;
  return format(text, { ...(await resolveConfig(referenceFile)), filepath: referenceFile });
}

const documentOf = (app: string): Document =>
  JSON.parse(readFileSync(resolve(root, 'apps', app, 'openapi.json'), 'utf8')) as Document;
