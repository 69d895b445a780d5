import type { Tree } from '@nx/devkit';
import ts from 'typescript';
import { migrateSources, type Edit } from '../../../src/migrations/migrate-sources.ts';

/** Adds a budget to screens, as the later generator writes them. */
export const declareBudgets = (tree: Tree): Promise<string[]> =>
  migrateSources(tree, 'apps/*/src/screens/*.ts', edit);

const edit: Edit = (source) => {
  const call = screenCall(source);
  const [, options] = call?.arguments ?? [];
  if (!options) return [];
  if (!ts.isObjectLiteralExpression(options) || options.properties.some(ts.isSpreadAssignment))
    return { unknown: 'add a budgetMs, which the options of this screen may have from elsewhere' };
  const member = (wanted: string) => options.properties.find(({ name }) => name?.getText() === wanted);
  const sources = member('sources');
  if (!sources || member('budgetMs')) return [];
  return [{ at: sources.getStart(), text: 'budgetMs: 2_000,\n' }];
};

function screenCall(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === 'screen') return node;
  return ts.forEachChild(node, screenCall);
}
