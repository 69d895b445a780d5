import type { ProblemType } from '@bff/service-kit';
import type { z } from 'zod';
import type { AnswerForm, Schema, AtRoot, GivenBy, Nulls, VersionedAnswer, Visible } from './answer.ts';
import { checkSources } from './check-sources.ts';
import type { AnySource, Source } from './source.ts';

/** Description of an entry of a table for the OpenAPI document and the router. */
export interface EntryInfo {
  /** Operation id in OpenAPI. */
  readonly id: string;
  /** One line for OpenAPI and the API reference. */
  readonly summary: string;
  readonly description: string | undefined;
  /** Group in OpenAPI. */
  readonly tag: string | undefined;
  /** Scopes that an access token needs; families without scopes ignore them. */
  readonly scopes: readonly string[];
  /** Problem types that the entry can answer beside those of its family. */
  readonly problems: readonly ProblemType[];
}

export interface AnyScreen extends AnswerForm, EntryInfo {
  readonly kind: 'screen';
  /** Name in tenants' policies and fallbacks, in metrics and in cursors. */
  readonly name: string;
  /** Milliseconds within which the screen answers, whatever its sources do. */
  readonly budgetMs: number;
  readonly sources: Readonly<Record<string, AnySource>>;
  /** Member of the view that holds the paginated list; undefined when no source is a `page`. */
  readonly list: string | undefined;
  /** Byte budget for the largest answer of the seeded users; families without byte budgets ignore it. */
  readonly bytes: { readonly identity: number; readonly gzip: number } | undefined;
}

/** A declared screen. `Needs`: names of the parameters that its path must give, for type inference only. */
export interface Screen<Needs extends string = string> extends AnyScreen {
  readonly needs?: Needs;
}

type Sources = Readonly<Record<string, AnySource>>;
type PartsOf<S extends Sources> = {
  [Name in keyof S]: S[Name] extends Source<infer Part> ? (part: Part) => void : never;
}[keyof S];
/** Type of the joined members of all sources. The items of a list include what `each` adds to them. */
export type ViewOf<S extends Sources> = PartsOf<S> extends (part: infer All) => void ? Joined<All> : never;
type Joined<All> = {
  readonly [Name in keyof All]: All[Name] extends readonly unknown[]
    ? readonly All[Name][number][]
    : All[Name];
};
export type NeedsOfAll<S extends Sources> = {
  [Name in keyof S]: S[Name] extends Source<object, infer Needs> ? Needs : never;
}[keyof S];

export interface EntryOptions {
  /** Operation id in OpenAPI. Default: `get` and the name in PascalCase; for a write its name. */
  readonly id?: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag?: string;
  readonly scopes?: readonly string[];
  readonly problems?: readonly ProblemType[];
}

export interface FormOptions<View, Root extends string, NullPolicy extends Nulls, Answer extends Schema> {
  readonly root?: Root;
  /** Whether null members are sent or left out. Default: `keep`. */
  readonly nulls?: NullPolicy;
  /** Schema of the answer: the only place where its members are listed. */
  readonly answer?: Answer & GivenBy<AtRoot<View, Root>, Answer, NullPolicy>;
  /** Instead of `answer`: one schema and mapping per version of a contract. */
  readonly answers?: Readonly<Record<string, VersionedAnswer<Visible<View>>>>;
  readonly revision?: number;
}

type ScreenOptions<
  S extends Sources,
  Root extends string,
  NullPolicy extends Nulls,
  Answer extends Schema,
> = EntryOptions &
  FormOptions<ViewOf<S>, Root, NullPolicy, Answer> & {
    /** Milliseconds within which the screen answers. Default: 2,000. */
    readonly budgetMs?: number;
    readonly sources: S;
    readonly bytes?: { readonly identity: number; readonly gzip: number };
  };

/**
 * Declares a screen: its answer and the sources of its view. Router, parameters, OpenAPI, checks and tests
 * are derived from it.
 * @throws {TypeError} when the declaration contradicts itself, with the name of the screen and the reason
 * @example screen('thing', { summary: 'One thing', sources: { thing: source(things.byId, { required: true, members: ['id', 'title'] }) },
 *   answer: z.object({ id: z.string(), title: z.string() }) })
 */
export function screen<
  const S extends Sources,
  Answer extends Schema,
  const Root extends string = '',
  const NullPolicy extends Nulls = 'keep',
>(name: string, options: ScreenOptions<S, Root, NullPolicy, Answer>): Screen<NeedsOfAll<S>> {
  const { budgetMs = 2_000, sources, bytes } = options;
  const form = answerForm(name, options as Parameters<typeof answerForm>[1]);
  const list = checkSources(name, sources, form, budgetMs);
  return Object.freeze({
    kind: 'screen',
    name,
    ...entryInfo(`get${pascal(name)}`, options),
    ...form,
    budgetMs,
    sources,
    list,
    bytes,
  });
}

/** Returns the same screen for another path, with an operation id and a summary of its own. */
export const sameScreen = <Needs extends string>(
  other: Screen<Needs>,
  { id, summary }: { readonly id: string; readonly summary: string },
): Screen<Needs> => Object.freeze({ ...other, id, summary });

export const pascal = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

export function answerForm(
  resource: string,
  options: {
    readonly root?: string;
    readonly nulls?: Nulls;
    readonly revision?: number;
    readonly answer?: z.ZodType;
    readonly answers?: AnswerForm['answers'];
  },
): AnswerForm {
  const { root = '', nulls = 'keep', revision = 1, answer, answers } = options;
  return { resource, root, nulls, revision, answer, answers };
}

export function entryInfo(defaultId: string, options: EntryOptions): EntryInfo {
  const { id = defaultId, summary, description, tag, scopes = [], problems = [] } = options;
  return { id, summary, description, tag, scopes, problems };
}
