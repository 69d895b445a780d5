import { Problem } from '@bff/service-kit';
import { isArray, isContainer, setMember, type Container, type Json, type JsonObject } from './json.ts';

/** A view as one object with dotted keys. Its values are leaves: scalars and empty containers. */
export interface FlatView {
  readonly [path: string]:
    null | boolean | number | string | Readonly<Record<string, never>> | readonly never[];
}

/**
 * Maximum characters of all keys together. A key repeats every name above it, so a deep view with a leaf on
 * each level grows with the square of its depth.
 */
const maxKeyCharacters = 8 * 1024 * 1024;

const indexSyntax = /^(?:0|[1-9]\d*)$/;

/**
 * Flattens a view: `{"user": {"name": "First"}, "things": [{"id": "o1"}]}` becomes
 * `{"user.name": "First", "things.0.id": "o1"}`.
 *
 * {@link unflatten} reverses it for every object: `.` and `~` inside a name are escaped with `~`. A step that
 * consists of digits is an array index; a member name that looks like an index gets a leading `~`.
 *
 * The escape character is not `\`, which JSON would double, and which JSON.parse of Node 24 misreads in names
 * (nodejs/node#63785).
 *
 * @throws {Problem} `upstream-failed` when the keys together would exceed 8 Mi characters
 */
export function flatten(view: JsonObject): FlatView {
  const flat: Record<string, unknown> = {};
  const todo: { readonly path: string; readonly value: Json }[] = [];

  /**
   * Pushes in reverse order, because the stack is popped from its end. Returns false for an empty container.
   */
  function addChildren(value: readonly Json[] | JsonObject, prefix: string): boolean {
    const before = todo.length;
    if (isArray(value))
      for (let i = value.length - 1; i >= 0; i--)
        todo.push({ path: `${prefix}${i}`, value: value[i] ?? null });
    else
      for (const name of Object.keys(value).reverse()) {
        const member = value[name];
        if (member !== undefined) todo.push({ path: prefix + escapeName(name), value: member });
      }
    return todo.length > before;
  }

  let room = maxKeyCharacters;
  addChildren(view, '');
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { path, value } = next;
    if (isContainer(value) && addChildren(value, `${path}.`)) continue;
    room -= path.length;
    if (room < 0) throw new Problem('upstream-failed', { detail: 'The view is too deep for its flat form.' });
    setMember(flat, path, isContainer(value) ? emptyLike(value) : value);
  }
  return flat as FlatView;
}

/**
 * Reverses {@link flatten}: `unflatten(flatten(view))` equals `view`. The items of an array must be in the
 * order of their indices, which `flatten` produces and JSON preserves.
 *
 * @throws {TypeError} for a combination of keys that `flatten` cannot produce
 */
export function unflatten(flat: FlatView): JsonObject {
  const root = {};
  const leaves = new Set<unknown>();
  for (const path of Object.keys(flat)) {
    const steps = parsePath(path);
    const last = steps.pop() as Step;
    let target: object = root;
    for (const [i, step] of steps.entries()) {
      let next = child(target, step);
      if (next === undefined)
        place(target, step, (next = typeof (steps[i + 1] ?? last) === 'number' ? [] : {}));
      if (typeof next !== 'object' || next === null || leaves.has(next)) throw notFlat();
      target = next;
    }
    if (child(target, last) !== undefined) throw notFlat();
    const value = flat[path];
    const leaf = isContainer(value) ? emptyLike(value) : value;
    if (isContainer(leaf)) leaves.add(leaf);
    place(target, last, leaf);
  }
  return root;
}

/** An array index (number) or a member name (string). */
type Step = string | number;

function child(target: object, step: Step): unknown {
  if (Array.isArray(target) !== (typeof step === 'number')) throw notFlat();
  return Object.hasOwn(target, step) ? (target as Record<Step, unknown>)[step] : undefined;
}

function place(target: object, step: Step, value: unknown): void {
  if (typeof step === 'string') setMember(target as Record<string, unknown>, step, value);
  // Only the next index is accepted: a key such as `a.4294967294` must not allocate a huge array.
  else if (step === (target as unknown[]).length) (target as unknown[]).push(value);
  else throw notFlat();
}

function escapeName(name: string): string {
  return indexSyntax.test(name) ? `~${name}` : name.replaceAll(/[~.]/g, '~$&');
}

function parsePath(path: string): Step[] {
  if (!path.includes('~')) return path.split('.').map(toStep);
  const steps: Step[] = [];
  let step = '';
  let escaped = false;
  for (let i = 0; i < path.length; i++) {
    const character = path.charAt(i);
    if (character === '.') {
      steps.push(escaped ? step : toStep(step));
      step = '';
      escaped = false;
    } else if (character === '~') {
      escaped = true;
      if (++i === path.length) throw notFlat();
      step += path.charAt(i);
    } else step += character;
  }
  steps.push(escaped ? step : toStep(step));
  return steps;
}

function toStep(text: string): Step {
  return indexSyntax.test(text) ? Number(text) : text;
}

function emptyLike(value: Json): Container {
  return isArray(value) ? [] : {};
}

function notFlat(): TypeError {
  return new TypeError('not the flat form of an object');
}
