import { familyOf } from '../apps.ts';
import { portsOf } from './app-ports.ts';
import type { Facts, SettingFacts } from './facts.ts';
import { markdownTable } from './markdown-table.ts';
import type { Region } from './region.ts';

/** Returns the regions derived from the apps and their settings. */
export async function appRegions(facts: Facts): Promise<readonly Region[]> {
  return [
    {
      file: 'docs/operations.md',
      name: 'settings',
      lines: await markdownTable(['setting', 'default', 'where', 'meaning'], settingRows(facts)),
    },
    { file: 'docker/Dockerfile', name: 'apps', lines: imageStages(facts) },
    {
      file: '.github/workflows/deploy.yaml',
      name: 'apps',
      lines: facts.apps.map(({ name }) => `- ${name}`),
    },
  ];
}

/** Returns the lines of each app's image stage, which extends the stage of all BFFs by the app's ports. */
const imageStages = ({ apps }: Facts): readonly string[] =>
  apps.flatMap((app, index) => {
    const { port, managementPort } = portsOf(app);
    return [
      ...(index > 0 ? [''] : []),
      `FROM bff AS ${app.name}`,
      `ENV PORT=${port} MANAGEMENT_PORT=${managementPort}`,
      `EXPOSE ${port} ${managementPort}`,
    ];
  });

/** Returns a row for every setting of all apps, in alphabetical order. */
function settingRows({ apps }: Facts): readonly (readonly string[])[] {
  const found = new Map<string, Map<string, SettingFacts>>();
  for (const { name, settings } of apps)
    for (const setting of settings) {
      const byApp = found.get(setting.env) ?? new Map<string, SettingFacts>();
      found.set(setting.env, byApp.set(familyOf(name), setting));
    }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([env, byApp]) => {
      const values = [...byApp].map(([family, setting]) => [family, valueOf(setting)] as const);
      const [first = ['', '']] = values;
      const isSame = values.every(([, value]) => value === first[1]);
      const value = isSame ? first[1] : values.map((each) => each.join(': ')).join(', ');
      const where = byApp.size === apps.length ? 'all' : [...byApp.keys()].join(', ');
      const [{ meaning } = { meaning: '' }] = byApp.values();
      return [`\`${env}\``, value, where, meaning.replaceAll('|', '\\|')];
    });
}

function valueOf(setting: SettingFacts): string {
  if (setting.default !== undefined) return `\`${String(setting.default)}\``;
  if (setting.optional === true) return 'unset';
  return setting.optional === 'development' || setting.developmentDefault !== undefined
    ? 'required in production'
    : 'required';
}
