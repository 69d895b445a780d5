import type { Tree } from '@nx/devkit';
import { pascal } from '../source/names.ts';
import { loginClientOf, loginClients, tokenFamilies } from './provider-files.ts';

export interface Ports {
  readonly port: number;
  readonly managementPort: number;
}
interface NamedApp extends Ports {
  readonly family: string;
}

/**
 * Returns a function that rewrites a text of one app for another: the name of its family in every case, its
 * ports, and its cookie name.
 */
export function textOf(from: NamedApp, to: NamedApp): (text: string) => string {
  const words = (family: string) => [family, pascal(family), family.toUpperCase()] as const;
  const [[lower, title, upper], replacements] = [words(from.family), words(to.family)];
  // Also matches within identifiers such as `webBff` and `WEB_BFF`, but not within words such as `webhook`.
  const pattern = new RegExp(
    `(?<![A-Za-z])${lower}(?=s?(?![a-z]))|${title}(?=s?(?![a-z]))|(?<![A-Z])${upper}(?![A-Za-z])`,
    'g',
  );
  const replacement: Readonly<Record<string, string>> = {
    [lower]: replacements[0],
    [title]: replacements[1],
    [upper]: replacements[2],
  };
  return (text) =>
    text
      .replaceAll(pattern, (found) => replacement[found] as string)
      // Restores names in the demo world's tools, which depend on the app's kind of login.
      .replaceAll(`loginTo${replacements[1]}Bff`, `loginTo${title}Bff`)
      .replaceAll(new RegExp(`\\b${replacements[1]}Bff(Login|Headers)\\b`, 'g'), `${title}Bff$1`)
      .replaceAll(`connect${replacements[1]}`, `connect${title}`)
      // Restores the names of libs, because the new app uses the same libs.
      .replaceAll(new RegExp(`(?<=@[\\w-]+/|libs/)${replacements[0]}-(?!bff\\b)`, 'g'), `${lower}-`)
      // Restores the names of roles: the provider defines them, and services know them.
      .replaceAll(
        new RegExp(`(\\brole \`|\\b(?:roles|groups)(?:: \\[|\\.includes\\()')${replacements[0]}\\b`, 'g'),
        `$1${lower}`,
      )
      // Renames cookies, which are not isolated by port: two apps on localhost would overwrite each other's
      // session.
      .replaceAll(/__(Host|host)-bff/g, `__$1-${to.family}`)
      // Keeps the length of the key: 43 characters of base64url encode its 32 bytes.
      .replaceAll(/development-only-cookie-key-of-[\w-]+/g, (key) => key.padEnd(43, '-').slice(0, 43))
      .replaceAll(new RegExp(`\\b${from.port}\\b`, 'g'), String(to.port))
      .replaceAll(new RegExp(`\\b${from.managementPort}\\b`, 'g'), String(to.managementPort));
}

/** Copies the sources of a folder without build results. */
export function copyFolder(tree: Tree, from: string, to: string, copyOf: (text: string) => string): void {
  for (const each of tree.children(from)) {
    if (each === 'dist' || each === 'node_modules' || each === 'coverage') continue;
    const [source, target] = [`${from}/${each}`, `${to}/${copyOf(each)}`];
    if (tree.isFile(source)) tree.write(target, copyOf(tree.read(source, 'utf8') ?? ''));
    else copyFolder(tree, source, target, copyOf);
  }
}

interface Registration {
  readonly file: string;
  readonly piece: RegExp;
  /** Separates the entry from its copy. */
  readonly separator: string;
}

/** Returns the places that list apps and that `nx sync` does not derive. */
const registrations = (app: string, { managementPort }: NamedApp): readonly Registration[] => [
  { file: 'tsconfig.json', piece: new RegExp(`\\{\\s+"path": "\\./apps/${app}"\\s+\\}`), separator: ',' },
  { file: '.github/CODEOWNERS', piece: new RegExp(`^/apps/${app}/ .*\\n`, 'm'), separator: '' },
  { file: '.github/CODEOWNERS', piece: new RegExp(`^/apps/${app}/deploy/ .*\\n`, 'm'), separator: '' },
  { file: 'docker/compose.yaml', piece: new RegExp(`^ {2}${app}:\\n[^]*?\\n\\n`, 'm'), separator: '' },
  {
    file: 'docker/compose.yaml',
    piece: new RegExp(`http://${app}:${managementPort}/[^,\\s]+`),
    separator: ',',
  },
  { file: 'docker/compose.yaml', piece: new RegExp(`(?<=aliases: \\[[^\\]]*)\\b${app}\\b`), separator: ', ' },
  {
    file: 'docker/observability/prometheus/prometheus.yml',
    piece: new RegExp(`'${app}:${managementPort}'`),
    separator: ', ',
  },
];

/**
 * Returns the entries of an app in the development provider: as a family whose clients get access tokens, or
 * as a client that logs users in.
 */
function providerRegistration(tree: Tree, app: string, { family }: NamedApp): readonly Registration[] {
  const ofTokens = { file: tokenFamilies, piece: new RegExp(`(?<=\\[.*)'${family}'`), separator: ', ' };
  if (ofTokens.piece.test(tree.read(tokenFamilies, 'utf8') ?? '')) return [ofTokens];
  const ofLogins = { file: loginClients, piece: loginClientOf(app), separator: '' };
  // Other apps have no entry: their clients request a token for the app's address, which the provider
  // accepts.
  return ofLogins.piece.test(tree.read(loginClients, 'utf8') ?? '') ? [ofLogins] : [];
}

/**
 * Copies each registration of an app, rewritten. @throws {Error} when a file has none, because its structure
 * is unknown then
 */
export function repeatRegistrations(
  tree: Tree,
  app: string,
  from: NamedApp,
  copyOf: (text: string) => string,
): void {
  for (const { file, piece, separator } of [
    ...registrations(app, from),
    ...providerRegistration(tree, app, from),
  ]) {
    // Skips a file that a team deleted.
    const text = tree.read(file, 'utf8');
    if (text === null) continue;
    if (!piece.test(text))
      throw new Error(`${file} does not register ${app} in a form that the generator knows`);
    const [found = ''] = piece.exec(text) ?? [];
    tree.write(
      file,
      text.replace(piece, () => found + separator + aligned(found, copyOf(found))),
    );
  }
}

/** Aligns the second column of a line with that of the line it was copied from. */
function aligned(line: string, copy: string): string {
  const [columns = ''] = /^\S+ +(?=\S)/.exec(line) ?? [];
  return copy.replace(/^(\S+) +(?=\S)/, (_, first: string) => `${first} `.padEnd(columns.length));
}

/** Publishes the ports of an app on the network that all BFFs share in compose. */
export function publishPorts(tree: Tree, { port, managementPort }: Ports): void {
  const file = 'docker/compose.yaml';
  const text = tree.read(file, 'utf8');
  if (text === null) return;
  const published = text.replace(/^( +)- 127\.0\.0\.1:4000:4000\n/m, (line, space: string) =>
    [line, ...[port, managementPort].map((each) => `${space}- 127.0.0.1:${each}:${each}\n`)].join(''),
  );
  tree.write(file, published);
}
