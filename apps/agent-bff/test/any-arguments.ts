import type { Row } from '@bff/screens';
import { screens } from '../src/screens.ts';
import type { Rig } from './rig.ts';

/**
 * Returns arguments with which this user can read the row; an id is taken from the user's own list. Undefined
 * if that list is empty.
 */
export async function anyArguments(
  rig: Rig,
  { parameters, path }: Row,
  user: string,
): Promise<object | undefined> {
  if (parameters.length === 0) return {};
  const list = screens.rows.find(
    (row) => row.entry.kind === 'screen' && row.entry.list !== undefined && path.startsWith(`${row.path}/`),
  );
  const page = list && (await rig.call(list.entry.id, { limit: 1 }, { user }));
  const items = Object.values((page?.structured ?? {}) as object).find(Array.isArray) as
    { id?: string }[] | undefined;
  const id = list ? items?.[0]?.id : 'x1';
  if (id === undefined) return undefined;
  return Object.fromEntries(parameters.map((name) => [name, id]));
}
