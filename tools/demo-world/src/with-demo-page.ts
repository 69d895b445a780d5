import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildPage } from '@bff/testbed';
import type { ProcessPlan } from './process.ts';

/**
 * Adds the demo page, if the BFF has one, to its plan: builds it and serves it at `/`. Not in production,
 * where a BFF refuses to serve it.
 */
export async function withDemoPage(plan: ProcessPlan): Promise<ProcessPlan> {
  const app = resolve(import.meta.dirname, '../../../apps', plan.name);
  if (process.env['NODE_ENV'] === 'production' || !existsSync(resolve(app, 'page'))) return plan;
  return { ...plan, env: { ...plan.env, DEMO_PAGE_FOLDER: await buildPage(app) } };
}
