import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildPage } from '@bff/testbed';
import type { ProcessPlan } from './process.ts';

/**
 * Returns the plan of a BFF with its demo page built and served at `/`, if it has one; not in production, which refuses
 * it.
 */
export async function withDemoPage(plan: ProcessPlan): Promise<ProcessPlan> {
  const app = resolve(import.meta.dirname, '../../../apps', plan.name);
  if (process.env['NODE_ENV'] === 'production' || !existsSync(resolve(app, 'page'))) return plan;
  return { ...plan, env: { ...plan.env, DEMO_PAGE_FOLDER: await buildPage(app) } };
}
