import { familyOf } from '../apps.ts';
import type { AppFacts } from './facts.ts';
import { formatted } from '../formatted.ts';

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
  readonly components?: { readonly headers?: Readonly<Record<string, { readonly description?: string }>> };
}

/** Returns `docs/reference/README.md`: the operations, parameters and header fields of all apps. */
export function referencePage(apps: readonly Pick<AppFacts, 'name' | 'document'>[]): Promise<string> {
  const documents = apps.map(({ name, document }) => ({
    app: familyOf(name),
    ...(document as unknown as Document),
  }));
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
    for (const [name, { description = '' }] of Object.entries(components?.headers ?? {}))
      note('answer', [`\`${name}\``, description], app);
  }
  const table = (kind: Parameters<typeof note>[0], heading: string): string => {
    const lines = [...(rows.get(kind) ?? [])].map(([row, where]) => `| ${row} | ${[...where].join(', ')} |`);
    return [`| ${heading} | what it is | where |`, '| - | - | - |', ...lines].join('\n');
  };

  const text = `# Reference

Written by \`nx sync\` from the contracts of the apps. Do not edit: \`nx sync:check\` fails when it differs from them.

Elsewhere: [settings](../operations.md#settings) · [metrics](../operations.md#metrics) · [problem types](../problems/README.md) ·
[breakers and budgets](../resilience.md#budgets-and-breakers) · the full contracts: ${apps.map(({ name }) => `[${name}](../../apps/${name}/openapi.json)`).join(', ')}

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
  return formatted(text, 'markdown');
}
