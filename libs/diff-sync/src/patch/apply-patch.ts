import { jsonEqual } from '../protocol/json-equal.ts';
import { setMember, type Json } from '../protocol/json.ts';
import { parsePointer } from './json-pointer.ts';

/** Thrown when the patch is invalid or does not fit the document. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

type Container = Json[] | Record<string, Json>;

/** The location that a pointer refers to; a value need not exist there. */
interface Place {
  readonly parent: Container;
  readonly key: string;
}

/**
 * Applies a JSON Patch (RFC 6902, all six operations) atomically and returns the result; the document is
 * never changed. Reads own members only, and treats `__proto__` as a name like any other.
 * @param patch as parsed from JSON
 * @throws {PatchError}
 */
export function applyPatch(document: Json, patch: unknown): Json {
  if (!Array.isArray(patch)) throw new PatchError('a patch is an array');
  // The document becomes the member "" of an object, so that the root is a target like any other.
  const holder: Record<string, Json> = { '': copyOf(document) };
  for (const operation of patch as unknown[]) applyOperation(holder, operation);
  const result = Object.hasOwn(holder, '') ? holder[''] : undefined;
  if (result === undefined) throw new PatchError('the patch removes the document');
  return result;
}

function applyOperation(holder: Container, operation: unknown): void {
  if (typeof operation !== 'object' || operation === null) throw new PatchError('an operation is an object');
  const path = pointerIn(operation, 'path');
  switch (ownMember(operation, 'op')) {
    case 'add':
      return add(placeOf(holder, path), valueIn(operation));
    case 'remove':
      return void remove(placeOf(holder, path));
    case 'replace':
      return replace(placeOf(holder, path), valueIn(operation));
    case 'copy':
      return add(placeOf(holder, path), copyOf(read(placeOf(holder, pointerIn(operation, 'from')))));
    case 'move': {
      const from = pointerIn(operation, 'from');
      if (from.length < path.length && from.every((token, i) => token === path[i]))
        throw new PatchError('a value cannot be moved into itself');
      const moved = remove(placeOf(holder, from));
      return add(placeOf(holder, path), moved);
    }
    case 'test':
      if (!jsonEqual(read(placeOf(holder, path)), valueIn(operation))) throw new PatchError('a test fails');
      return;
    default:
      throw new PatchError('"op" is not an operation of RFC 6902');
  }
}

const ownMember = (operation: object, name: string): unknown =>
  Object.hasOwn(operation, name) ? (operation as Record<string, unknown>)[name] : undefined;

/**
 * Returns the reference tokens of a pointer, after a first token `""` that leads from the holder to the root.
 */
function pointerIn(operation: object, name: 'path' | 'from'): readonly string[] {
  const text = ownMember(operation, name);
  const tokens = typeof text === 'string' ? parsePointer(text) : undefined;
  if (!tokens) throw new PatchError(`"${name}" is not a JSON Pointer`);
  return ['', ...tokens];
}

/** Returns a copy, because a later operation may change the value and the patch must stay unchanged. */
function valueIn(operation: object): Json {
  const value = ownMember(operation, 'value') as Json | undefined;
  if (value === undefined) throw new PatchError('"value" is missing');
  return copyOf(value);
}

function placeOf(holder: Container, tokens: readonly string[]): Place {
  let parent = holder;
  for (const key of tokens.slice(0, -1)) {
    const next = read({ parent, key });
    if (typeof next !== 'object' || next === null) throw new PatchError('a path leads through a scalar');
    parent = next as Container;
  }
  return { parent, key: tokens.at(-1) ?? '' };
}

/** Syntax of an array index (RFC 6901, section 4): digits without leading zeros. */
const indexSyntax = /^(?:0|[1-9]\d*)$/;

/** Parses an array index. @param limit the first index that is too large */
function indexOf(key: string, limit: number): number {
  const index = indexSyntax.test(key) ? Number(key) : NaN;
  if (!(index < limit)) throw new PatchError('no such item');
  return index;
}

function read({ parent, key }: Place): Json {
  if (Array.isArray(parent)) return parent[indexOf(key, parent.length)] as Json;
  if (!Object.hasOwn(parent, key)) throw new PatchError('no such member');
  return parent[key] as Json;
}

function add({ parent, key }: Place, value: Json): void {
  if (!Array.isArray(parent)) setMember(parent, key, value);
  else parent.splice(key === '-' ? parent.length : indexOf(key, parent.length + 1), 0, value);
}

function remove(place: Place): Json {
  const { parent, key } = place;
  const value = read(place);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- read() checked that it is an own member
  else delete parent[key];
  return value;
}

function replace(place: Place, value: Json): void {
  read(place);
  if (Array.isArray(place.parent)) place.parent[Number(place.key)] = value;
  else setMember(place.parent, place.key, value);
}

function copyOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) setMember(copy, name, copyOf(member));
  return copy;
}
