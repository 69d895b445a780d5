/** One step into a view: a member by its name, or every item of an array. */
export type Step = string | typeof items;
export const items = Symbol('[*]');

/**
 * What a policy may call a member. An allowlist, because a path that matches nothing blocks nothing in silence:
 * `user.*`, `$.ssn`, `/user/ssn` and `ssn,email` are mistakes, not names.
 */
const nameSyntax = /^[\p{L}\p{N}_@:-]+$/u;
const stepSyntax = /^([^[\]]*)((?:\[\*\])*)$/;

/**
 * Reads `things[*].id`: names with dots between them, each followed by one `[*]` for every array around its items.
 *
 * @throws {TypeError} when the path is not well formed, with the reason
 */
export function parseFieldPath(path: string): Step[] {
  const steps: Step[] = [];
  for (const part of path.split('.')) {
    const [, name, arrays] = stepSyntax.exec(part) ?? [];
    if (name === undefined || arrays === undefined)
      throw new TypeError(`"${path}" is not a field path: the only thing in brackets is [*], after a name`);
    if (name === '') throw new TypeError(`"${path}" is not a field path: a name is empty`);
    if (!nameSyntax.test(name))
      throw new TypeError(`"${path}" is not a field path: a name has only letters, digits, _, -, : and @`);
    steps.push(name);
    for (let depth = 0; depth < arrays.length / '[*]'.length; depth++) steps.push(items);
  }
  return steps;
}
