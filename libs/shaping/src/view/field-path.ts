import { Problem } from '@bff/service-kit';

/** One step of a path: a member's name, an item's index, or every item. */
export type FieldStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'each' };

const maxPaths = 50;
const maxSteps = 10;
/** Maximum characters: 50 paths of 80. */
export const maxFieldsLength = 4096;

const nameSyntax = '[^\\x00-#%-,./;-?\\[-^`{-\\xa0]+';
const pathSyntax = String.raw`${nameSyntax}(\.${nameSyntax}|\[(\*|0|[1-9][0-9]{0,8})\]){0,${maxSteps - 1}}`;
/**
 * Regular expression for JSON Schema that accepts what {@link parseFieldPaths} accepts, including forbidden
 * names. Without `\u{...}`, which regular expressions of other languages do not support.
 */
export const fieldsPattern = `^${pathSyntax}(,${pathSyntax}){0,${maxPaths - 1}}$`;

/** Sticky, so that one step after another is read in linear time. */
const stepSyntax = /\.([\w$@:\u{a1}-\u{10ffff}-]+)|\[(\*|0|[1-9]\d{0,8})\]/uy;
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);
const each: FieldStep = { kind: 'each' };

/**
 * Parses the paths of the `fields` parameter.
 * ```
 * fields = path *( "," path )                       at most 50
 * path   = name *( "." name / "[*]" / "[" n "]" )   at most 10 steps: names and brackets
 * name   = 1*( ALPHA / DIGIT / "_" / "-" / "$" / "@" / ":" / %xA1-10FFFF )
 * n      = "0" / nonzero *8DIGIT
 * ```
 * @throws {Problem} `invalid-fields`
 */
export function parseFieldPaths(text: string): FieldStep[][] {
  if (text.length > maxFieldsLength) throw invalidFields(`longer than ${maxFieldsLength} characters`);
  const paths = text.split(',', maxPaths + 1);
  if (paths.length > maxPaths) throw invalidFields(`more than ${maxPaths} paths`);
  return paths.map(parsePath);
}

function parsePath(path: string, position: number): FieldStep[] {
  // A leading dot makes the first name a step like any other, and excludes a leading bracket.
  const text = `.${path}`;
  const steps: FieldStep[] = [];
  for (let at = 0; at < text.length; at = stepSyntax.lastIndex) {
    stepSyntax.lastIndex = at;
    const match = stepSyntax.exec(text);
    if (!match) throw invalidFields(`path ${position + 1} is malformed at character ${Math.max(at, 1)}`);
    if (steps.length === maxSteps)
      throw invalidFields(`path ${position + 1} has more than ${maxSteps} steps`);
    steps.push(toStep(match));
  }
  return steps;
}

function toStep([, name, index]: RegExpExecArray): FieldStep {
  if (name === undefined) return index === '*' ? each : { kind: 'item', index: Number(index) };
  if (forbiddenNames.has(name)) throw invalidFields('a name in it is not allowed');
  return { kind: 'member', name };
}

/** Creates the problem without the client's text, which may contain anything and would get into logs. */
function invalidFields(reason: string): Problem {
  return new Problem('invalid-fields', { detail: `The parameter "fields" is not valid: ${reason}.` });
}
