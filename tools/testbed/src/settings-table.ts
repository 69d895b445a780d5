import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const apps = ['web-bff', 'mobile-bff', 'partner-bff'] as const;

interface Listed {
  readonly env: string;
  readonly meaning: string;
  readonly value: string;
}

/** Every setting of the three BFFs as rows of a Markdown table, in alphabetical order: the apps are asked, not read. */
export function settingsTable(): readonly (readonly string[])[] {
  const found = new Map<string, Map<string, Listed>>();
  for (const app of apps)
    for (const listed of settingsOf(app)) {
      const byApp = found.get(listed.env) ?? new Map<string, Listed>();
      found.set(listed.env, byApp.set(app, listed));
    }
  return [...found]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([env, byApp]) => {
      const values = new Map([...byApp].map(([app, { value }]) => [app.replace('-bff', ''), value]));
      const same = new Set(values.values()).size === 1;
      const value = same
        ? [...values.values()][0]
        : [...values].map(([app, each]) => `${app}: ${each}`).join(', ');
      const where = byApp.size === apps.length ? 'all' : [...values.keys()].join(', ');
      const [{ meaning } = { meaning: '' }] = byApp.values();
      return [`\`${env}\``, value ?? '', where, meaning.replaceAll('|', '\\|')];
    });
}

/** A process of its own, for no tool imports an app. */
function settingsOf(app: string): readonly Listed[] {
  const script = `
    import { settings } from './apps/${app}/src/config.ts';
    const value = ({ default: fallback, developmentDefault, optional, secret }) =>
      fallback !== undefined ? '\`' + fallback + '\`' :
      optional === true ? 'unset' :
      optional === 'development' || developmentDefault !== undefined ? 'required in production' : 'required';
    console.log(JSON.stringify(Object.values(settings).map((each) => ({ env: each.env, meaning: each.meaning, value: value(each) }))));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Listed[];
}
