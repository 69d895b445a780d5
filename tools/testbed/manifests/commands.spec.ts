import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { apps, repository as root } from '../src/apps.ts';
import { renderOverlay } from './render-overlay.ts';

jest.setTimeout(60_000);

interface Command {
  readonly page: string;
  readonly text: string;
  readonly words: readonly string[];
}

/** The app in the examples, or another one in a workspace without web-bff. */
const example = apps().includes('web-bff') ? 'web-bff' : (apps()[0] ?? '');

/** Returns every `kubectl` command of a page, from blocks and inline code, with continued lines joined. */
function commandsIn(page: string): Command[] {
  const text = readFileSync(join(root, page), 'utf8')
    .replaceAll(/\\\n\s*/g, ' ')
    .replaceAll('web-bff', example);
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block]) =>
    (block ?? '').split('\n'),
  );
  const spans = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, span]) => span ?? '',
  );
  return (
    [...blocks, ...spans]
      .map((line) => line.trim())
      .filter((line) => /^kubectl .* /.test(line))
      // Without comments, redirections, piped programs, and arguments of a program in the pod.
      .map((line) => line.replace(/\s+(?:#|>|\||--) .*$/, ''))
      .map((line) => ({
        page,
        text: line,
        words: line.match(/(?:[^\s'"]|'[^']*'|"(?:\$\([^)]*\)|[^"])*")+/g) ?? [],
      }))
  );
}

const pages = globSync(['*.md', 'docs/**/*.md', 'docker/**/*.md', 'apps/*/deploy/README.md'], { cwd: root });
const commands = pages.flatMap(commandsIn);

const verbs = ['create', 'rollout', 'create secret'];
/** Returns the verb of a command: `create secret generic`, `rollout undo`, `apply`. */
function verbOf({ words }: Command): string[] {
  const plain = words
    .slice(1)
    .filter((word, index, all) => !word.startsWith('-') && all[index - 1] !== '--namespace');
  const verb: string[] = [];
  for (const word of plain) {
    verb.push(word);
    if (!verbs.includes(verb.join(' '))) break;
  }
  return verb;
}

const helps = new Map<string, string>();
function helpOf(verb: readonly string[]): string {
  const key = verb.join(' ');
  const known = helps.get(key);
  if (known !== undefined) return known;
  const { stdout, stderr } = spawnSync('kubectl', [...verb, '--help'], { encoding: 'utf8' });
  const general = spawnSync('kubectl', ['options'], { encoding: 'utf8' }).stdout;
  helps.set(key, stdout + stderr + general);
  return stdout + stderr + general;
}

const namespaceOf = ({ words }: Command): string | undefined => {
  const at = words.findIndex((word) => word === '--namespace' || word === '-n');
  return at < 0 ? undefined : words[at + 1];
};

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}
/**
 * Existing resources as `kind/name` by namespace, including those of the components and those that the pages
 * create.
 */
const inNamespace = new Map<string, Set<string>>();
for (const app of apps())
  for (const environment of ['dev', 'prod']) {
    const all = renderOverlay(
      `apps/${app}/deploy/overlays/${environment}`,
      'tracing',
      'redis-sentinel',
      'node-local-dns',
    ) as Resource[];
    const names = all.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    inNamespace.set(
      environment === 'prod' ? app : `${app}-dev`,
      new Set([...names, 'secret/bff-secrets', 'secret/bff-certificates']),
    );
  }

describe('F88 every kubectl command of the documentation', () => {
  test('F88 more than 20 kubectl commands are found in the documentation', () => {
    expect(commands.length).toBeGreaterThan(20);
  });

  test.each(commands)('the kubectl command on $page is valid: $text', (command) => {
    const { words } = command;
    const verb = verbOf(command);
    const flags = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.split('=', 1)[0] ?? '');
    const help = helpOf(verb);
    expect(
      flags.filter((flag) => !new RegExp(String.raw`(?:^|\s)${flag}(?:=|,|\s)`, 'm').test(help)),
    ).toEqual([]);

    const folder = words[words.findIndex((word) => word === '-k' || word === '--kustomize') + 1] ?? '';
    if (words.some((word) => word === '-k' || word === '--kustomize'))
      expect(existsSync(join(root, folder.replace('<app>', example), 'kustomization.yaml'))).toBe(true);

    // A command without a file, which would name the namespace, needs an existing namespace.
    const needsNamespace =
      !['apply', 'diff', 'kustomize', 'options'].includes(verb[0] ?? '') && !words.includes('--kustomize');
    if (!needsNamespace) return;
    const namespace = namespaceOf(command);
    expect([...inNamespace.keys()]).toContain(namespace);
    const named = words.filter((word) =>
      /^(?:deployment|service|networkpolicy|secret|serviceaccount)\/[\w-]+$/.test(word),
    );
    expect(named.filter((each) => !inNamespace.get(namespace ?? '')?.has(each))).toEqual([]);
  });
});
