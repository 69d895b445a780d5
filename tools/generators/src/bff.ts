import { execFileSync } from 'node:child_process';
import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addSiblings } from './add-siblings.ts';
import { checkName, checkWorkspace, namesTaken, type CommonOptions } from './check-workspace.ts';
import { edit, repeatLines } from './edit.ts';
import { renamed } from './names.ts';

export interface BffOptions extends CommonOptions {
  readonly like: string;
  readonly port: number;
}

/** The family that can be copied, and its ports. */
const model = { family: 'mobile', port: 3002, managementPort: 9102 };
/** Why a copy of these would not work as it is. */
const notCopied: Readonly<Record<string, string>> = {
  'web-bff':
    'browsers keep one cookie __Host-bff for all ports of a host: beside it on localhost each login would end the other',
  'partner-bff':
    'its versions are a promise to partners, and the provider gives tokens for the audience partner-bff alone',
};
const others = /\b(web|partner)|(Web|Partner)Bff|(WEB|PARTNER)_BFF/;

/** Where the apps are listed in code. */
const registrations = [
  'tools/demo-world/src/world.ts',
  'tools/demo-world/src/start.ts',
  'tools/dev-idp/src/demo-clients.ts',
  'tools/dev-idp/src/settings.ts',
  'tools/testbed/src/image.ts',
  'tools/testbed/src/openapi-client.ts',
  'tools/testbed/src/reference-page.ts',
  'tools/testbed/src/settings-table.ts',
  'tools/testbed/manifests/manifests.spec.ts',
  'tools/testbed/manifests/schema.spec.ts',
];

/** `nx g @bff/tools:bff iot-bff --like=mobile-bff --port=3004` */
export async function bffGenerator(tree: Tree, options: BffOptions): Promise<GeneratorCallback> {
  const { name, like, port } = options;
  const family = name.replace(/-bff$/, '');
  checkWorkspace(tree, options);
  if (like !== `${model.family}-bff`)
    throw new Error(`a BFF can be made like mobile-bff, not like "${like}": ${Object.hasOwn(notCopied, like) ? notCopied[like] : 'there is no such app'}`); // prettier-ignore
  if (family === name) throw new Error(`"${name}" is no name of a BFF: say iot-bff`);
  checkName(family, namesTaken(tree));
  const managementPort = port + 6_100;
  const world = tree.read('tools/demo-world/src/world.ts', 'utf8') ?? '';
  const taken = [...world.matchAll(/_PORT', (\d+)\]/g)].map(([, each]) => Number(each));
  if (!Number.isInteger(port) || port < 1_024 || managementPort > 65_535 || taken.includes(port) || taken.includes(managementPort))
    throw new Error(`port ${port} with management port ${managementPort} is taken, or is no port`); // prettier-ignore

  const copyOf = (text: string): string =>
    renamed(text, model.family, family)
      // How a user logs in at an app of this kind: it is told the address.
      .replaceAll(renamed('loginToMobileBff', model.family, family), 'loginToMobileBff')
      // 43 characters of base64url are the 32 bytes of a key.
      .replace(/development-only-cookie-key-of-[\w-]+/g, (key) => key.padEnd(43, '-').slice(0, 43))
      .replaceAll(String(model.port), String(port))
      .replaceAll(String(model.managementPort), String(managementPort));
  copyFolder(tree, `apps/${like}`, `apps/${name}`, copyOf);
  for (const file of registrations)
    edit(tree, file, (text) =>
      addSiblings(text, {
        of: file.endsWith('demo-clients.ts') ? /mobileBff\(/ : /mobile/i,
        among: others,
        copy: copyOf,
      }),
    );
  registerInFiles(tree, { like, name, port, managementPort, copyOf });
  await formatFiles(tree);

  return () => {
    for (const script of ['write-settings.ts', 'reference.ts'])
      execFileSync(process.execPath, [`tools/testbed/src/${script}`], { cwd: tree.root, stdio: 'inherit' });
    logger.info(`npm install links ${name} and puts it into package-lock.json`);
  };
}

/** Sources as they are; what was built from them is built anew. */
function copyFolder(tree: Tree, from: string, to: string, copyOf: (text: string) => string): void {
  for (const each of tree.children(from)) {
    if (each === 'dist' || each === 'node_modules' || each === 'coverage') continue;
    const [source, target] = [`${from}/${each}`, `${to}/${copyOf(each)}`];
    if (tree.isFile(source)) tree.write(target, copyOf(tree.read(source, 'utf8') ?? ''));
    else copyFolder(tree, source, target, copyOf);
  }
}

interface Registration {
  readonly like: string;
  readonly name: string;
  readonly port: number;
  readonly managementPort: number;
  readonly copyOf: (text: string) => string;
}

function registerInFiles(tree: Tree, { like, name, port, managementPort, copyOf }: Registration): void {
  /** A piece of a file is repeated behind itself. */
  const repeat = (file: string, piece: RegExp): void =>
    edit(tree, file, (text) => text.replace(piece, (found) => found + copyOf(found)));
  repeat('tools/dev-idp/src/demo-clients.ts', /^export const mobileBff = [^]*?^\}\);\n\n/m);
  repeat('tsconfig.json', /^ {4}\{\s+"path": "\.\/apps\/mobile-bff"\s+\},\n/m);
  repeat('docker/Dockerfile', /^FROM bff AS mobile-bff\n[^]*?\n\n/m);
  repeat('docker/compose.yaml', /^ {2}mobile-bff:\n[^]*?\n\n/m);
  repeat('docker/compose.yaml', /http:\/\/mobile-bff:9102\/[^,]+,/);
  repeat('docker/observability/prometheus/prometheus.yml', /'mobile-bff:9102', /);
  edit(tree, 'tools/demo-world/src/things-to-try.ts', repeatLines(/row\('mobile-bff'/, copyOf));
  edit(tree, 'docker/compose.yaml', (text) =>
    text
      .replace(`aliases: [web-bff, ${like},`, `aliases: [web-bff, ${like}, ${name},`)
      .replace(/^( +)- 127\.0\.0\.1:9101-\d+:9101-\d+\n/m, (line, space: string) =>
        [line, ...[port, managementPort].map((each) => `${space}- 127.0.0.1:${each}:${each}\n`)].join(''),
      ),
  );
}
