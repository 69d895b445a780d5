import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildPage } from '@bff/testbed';
import type { ProcessPlan } from './process.ts';

/**
 * Builds the demo page of a BFF, if it has one, and returns the plan of the BFF with a setting by which it
 * serves the page at `/`. Returns the plan unchanged in production, where a BFF does not start with a demo
 * page.
 */
export async function withDemoPage(plan: ProcessPlan): Promise<ProcessPlan> {
  const app = resolve(import.meta.dirname, '../../../apps', plan.name);
  if (process.env['NODE_ENV'] === 'production' || !existsSync(resolve(app, 'page'))) return plan;
  return { ...plan, env: { ...plan.env, DEMO_PAGE_FOLDER: await buildPage(app) } };
}
