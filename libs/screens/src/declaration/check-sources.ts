import { z } from 'zod';
import { alternativesOf } from '../answer/schema-parts.ts';
import type { AnswerForm } from './answer.ts';
import type { AnySource } from './source.ts';

const nameSyntax = /^[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * Checks the rules for sources that the TypeScript compiler cannot check.
 * @returns the name of the paginated list; undefined when no source has a cursor
 * @throws {TypeError} with the name of the screen and the reason
 */
export function checkSources(
  screen: string,
  sources: Readonly<Record<string, AnySource>>,
  form: AnswerForm,
  budgetMs: number,
): string | undefined {
  const refuse = (reason: string): never => {
    throw new TypeError(`screen "${screen}": ${reason}`);
  };
  if (!nameSyntax.test(screen)) refuse('its name is not a token');
  const before = new Set<AnySource>();
  const members = new Set<string>();
  const pages: string[] = [];
  for (const [name, source] of Object.entries(sources)) {
    const { operation, dependsOn, as, fallback, versions } = source;
    if (operation === undefined) refuse(`source "${name}" has no operation`);
    if (operation.method !== 'GET')
      refuse(`source "${name}" is a write (${operation.service}.${operation.name})`);
    if (dependsOn && !before.has(dependsOn))
      refuse(`source "${name}" depends on a source that is not listed before it`);
    if (dependsOn?.items) refuse(`source "${name}" depends on a source that is for each item of a list`);
    if (dependsOn?.versions && !versions?.every((each) => dependsOn.versions?.includes(each)))
      refuse(`source "${name}" is in a version that the source it depends on is not in`);
    if (!source.required && fallback === undefined)
      refuse(`source "${name}" is not required and has no fallback`);
    if (source.items && listOf(dependsOn) === undefined)
      refuse(`source "${name}" is for each item of a source that is not a list: that source needs \`as\``);
    if (source.next) {
      if (as === undefined) refuse(`source "${name}" is a page and needs \`as\`, the name of its list`);
      else pages.push(as);
    }
    if ((source.budgetMs ?? 0) > budgetMs)
      refuse(`source "${name}": its budget of ${source.budgetMs} ms is above the screen's ${budgetMs} ms`);
    const given = source.items ? [] : as === undefined ? (source.members ?? []) : [as];
    if (!source.items && given.length === 0) refuse(`source "${name}" gives no member`);
    for (const member of given) {
      if (member === 'next_cursor' || member === '_meta' || member.startsWith('#'))
        refuse(`source "${name}": the member "${member}" belongs to the protocol`);
      members.add(member);
    }
    before.add(source);
  }
  if (pages.length > 1) refuse('it has two sources with a cursor');
  if ((form.answer === undefined) === (form.answers === undefined))
    refuse('it needs either `answer` or `answers`');
  if (pages.length === 1) members.add('next_cursor');
  const [first = ''] = form.root.split('[');
  if (form.root !== '' && !members.has(first)) refuse(`its root "${form.root}" is not a member of its view`);
  checkValidator(sources, form, refuse);
  checkAnswer(form, refuse);
  if (form.root === '' && form.answer instanceof z.ZodObject)
    for (const name of Object.keys(form.answer.shape))
      if (!members.has(name)) refuse(`its answer names "${name}", which no source gives`);
  return pages[0];
}

type Refuse = (reason: string) => never;

/** A write reads only the source with `validator`, so that source must give every member of the answer. */
function checkValidator(
  sources: Readonly<Record<string, AnySource>>,
  { root }: AnswerForm,
  refuse: Refuse,
): void {
  const named = Object.entries(sources).filter(([, { validator }]) => validator);
  const [first] = named;
  if (!first) return;
  const [name, source] = first;
  if (named.length > 1) refuse('it has two sources with `validator`');
  if (source.dependsOn) refuse(`source "${name}" depends on another one and cannot have \`validator\``);
  const all = Object.values(sources);
  const isAll =
    root === ''
      ? all.length === 1
      : root.split('[')[0] === source.as && !all.some((each) => each.items && each.dependsOn === source);
  if (!isAll) refuse(`source "${name}" has \`validator\`, but the answer shows more than this source`);
}

/** `_meta` is reserved: it is a member of every answer. */
function checkAnswer({ answer, answers }: AnswerForm, refuse: Refuse): void {
  for (const schema of [answer, ...Object.values(answers ?? {}).map((each) => each.schema)])
    for (const alternative of schema ? alternativesOf(schema) : [])
      if (!(
        alternative instanceof z.ZodObject ||
        alternative instanceof z.ZodRecord ||
        alternative instanceof z.ZodNull
      ))
        refuse(`its answer is not an object, but of type "${alternative.def.type}"`);
}

const listOf = (source: AnySource | undefined): string | undefined => source?.as;
