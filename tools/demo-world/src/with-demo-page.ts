import { resolve } from 'node:path';
import { buildPage } from '@bff/testbed';
import { type ProcessPlan } from './process.ts';

/** The plan of web-bff, with the demo page built and served at `/`; not in production, which refuses it. */
export async function withDemoPage(plan: ProcessPlan): Promise<ProcessPlan> {
  if (process.env['NODE_ENV'] === 'production') return plan;
  const folder = await buildPage(resolve(import.meta.dirname, '../../../apps/web-bff'));
  return { ...plan, env: { ...plan.env, DEMO_PAGE_FOLDER: folder } };
}
