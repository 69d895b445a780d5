import type { Row } from '@bff/screens';
import { screens } from '../src/screens.ts';
import type { Rig } from './rig.ts';

/** Arguments with which a user can read a row: an id comes from a list of the user's. Undefined: the list is empty. */
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
