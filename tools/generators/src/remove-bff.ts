import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { removeApps } from './adopt/families.ts';
import { removeLeftovers } from './workspace/remove-leftovers.ts';
import { tidyManifests } from './adopt/tidy-manifests.ts';
import { appStyle, tableOf } from './workspace/app.ts';
import { checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';

/** Removes a BFF and its registrations: `nx g @bff/tools:remove-bff iot-bff`. */
export async function removeBffGenerator(tree: Tree, options: CommonOptions): Promise<GeneratorCallback> {
  const { name } = options;
  checkWorkspace(tree, options);
  await appStyle(tree, name);
  const apps = tree.children('apps').filter((each) => tree.exists(tableOf(each)));
  if (apps.length === 1) throw new Error(`${name} is the only BFF`);
  removeApps(tree, [name]);
  tidyManifests(tree);
  await formatFiles(tree);
  const derive = deriveAfter(tree);
  return async () => {
    removeLeftovers(tree.root);
    await derive();
    logger.info(`npm install takes ${name} out of package-lock.json`);
  };
}
