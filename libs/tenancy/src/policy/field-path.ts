/** One step into a view: the name of a member, or every item of an array. */
export type Step = string | typeof items;
export const items = Symbol('[*]');

/**
 * Syntax of member names in a policy. It is an allowlist of characters, because a mistaken path would
 * silently block nothing. So `user.*`, `$.ssn`, `/user/ssn` and `ssn,email` are errors, not names.
 */
const nameSyntax = /^[\p{L}\p{N}_@:-]+$/u;
const stepSyntax = /^([^[\]]*)((?:\[\*\])*)$/;

/**
 * Parses a path such as `things[*].id`: names separated by dots, each followed by one `[*]` for every level
 * of arrays in that member.
 * @throws {TypeError} with the reason, when the path is malformed
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
