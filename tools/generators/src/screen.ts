import { execFileSync } from 'node:child_process';
import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addSiblings } from './add-siblings.ts';
import { checkName, checkWorkspace, type CommonOptions } from './check-workspace.ts';
import { edit } from './edit.ts';
import { measureBudget } from './measure-budget.ts';
import { pascal, renamed } from './names.ts';
import { answerText, membersOf, screenSource, screenSpec, type ScreenStyle } from './screen-files.ts';
import { screenSources } from './screen-sources.ts';

export interface ScreenOptions extends CommonOptions {
  readonly app: string;
  readonly sources: string;
}

/** The screen that the registrations are copied from. */
const model = 'home';
const screenNames = 'libs/tenancy/src/directory/screen-names.ts';
const others = /profile|orders|notifications|preferences/i;

/** `nx g @bff/tools:screen parcels --app=web-bff --sources=user.profile,parcel.list` */
export async function screenGenerator(tree: Tree, options: ScreenOptions): Promise<GeneratorCallback> {
  const { name, app } = options;
  const at = (path: string): string => `apps/${app}/${path}`;
  checkWorkspace(tree, options);
  if (!/^[a-z][a-z0-9-]*$/.test(app) || !tree.exists(at('src/main.ts')))
    throw new Error(`there is no app "${app}"; there are ${tree.children('apps').join(', ')}`);
  const style = styleOf(tree, app);
  if (!style) throw new Error(`${app} has versions: its screens and its contract are written by hand`);
  checkName(name, [
    'notification',
    ...tree.children(at('src/screens')).map((file) => file.replace('.ts', '')),
  ]);
  const sources = await screenSources(tree.root, options.sources);

  tree.write(at(`src/screens/${name}.ts`), screenSource(name, sources, style));
  tree.write(at(`test/${name}.spec.ts`), screenSpec(name, sources, style));
  const summary = `From ${sources.map(({ service, operation }) => `${service}.${operation}`).join(', ')}`;
  const answer = `${pascal(name)}Answer`;
  const [first = ''] = sources.flatMap(membersOf);
  const copies: Readonly<Record<string, (text: string) => string>> = {
    'src/routes.ts': copyOf,
    'src/contract/shapes.ts': copyOf,
    'src/contract/screen-answers.ts': () => answerText(name, sources, style),
    'src/contract/screen-operations.ts': () =>
      `read('get${pascal(name)}', '/${name}', '${summary}', '${answer}')`,
    'test/screens/every-screen.spec.ts': () => `['/api/${name}', '${first}', 'GET, HEAD']`,
    ...(style.hasBudget && { 'test/screens/budgets.spec.ts': copyOf }),
  };
  function copyOf(text: string): string {
    return renamed(text, model, name);
  }
  for (const [file, copy] of Object.entries(copies)) {
    // Other tests there ask for the same screen with whatever is wrong.
    const of = file === 'test/screens/every-screen.spec.ts' ? /\['\/api\/home'/ : new RegExp(model, 'i');
    const statements = file === 'src/routes.ts';
    edit(tree, at(file), (text) => addSiblings(text, { of, among: others, copy, statements }));
  }
  // Tenants may have a policy for it; another app may have a screen of the same name already.
  if (!tree.read(screenNames, 'utf8')?.includes(`'${name}'`))
    edit(tree, screenNames, (text) => addSiblings(text, { of: /'home'/, among: others, copy: copyOf }));
  const readme = tree.read(at('README.md'), 'utf8');
  if (readme?.includes('`home`, `orders`'))
    tree.write(at('README.md'), readme.replace('`home`, `orders`', `\`home\`, \`${name}\`, \`orders\``));
  await formatFiles(tree);

  return () => {
    const { root } = tree;
    const run = (...script: string[]): void =>
      void execFileSync(process.execPath, script, { cwd: root, stdio: 'inherit' });
    run('tools/testbed/src/openapi-client.ts', app);
    run('tools/testbed/src/reference.ts');
    if (style.hasBudget) measureBudget(root, app, name);
  };
}

function styleOf(tree: Tree, app: string): ScreenStyle | undefined {
  const source = tree.read(`apps/${app}/src/screens/${model}.ts`, 'utf8') ?? '';
  const family = /name: '([\w-]+)\/home\/1'/.exec(source)?.[1];
  const nulls = /nulls: '(strip|keep)'/.exec(source)?.[1] as ScreenStyle['nulls'] | undefined;
  if (!family || !nulls) return undefined;
  const rig = tree.read(`apps/${app}/test/rig.ts`, 'utf8') ?? '';
  const logsInLate = /^ {2}as\(user: string\): Promise/m.test(rig);
  return { family, nulls, hasBudget: source.includes('homeBudget'), logsInLate };
}
