import type { AnyOperation, BodyOf, InputOf, OutputOf } from '@bff/upstream-clients';
import type { z } from 'zod';
import type { AnswerForm, Schema, Nulls } from './answer.ts';
import {
  answerForm,
  entryInfo,
  type AnyScreen,
  type EntryInfo,
  type EntryOptions,
  type FormOptions,
} from './screen.ts';
import type { AnySource, OnlyInputOf, PathParameter } from './source.ts';
import { maxWriteMs } from './lock-ms.ts';

/** The answer of a write: the upstream's answer, the screen read again, or nothing (204). */
export type WriteAnswer = 'upstream' | 'reread' | 'none';

export interface AnyWrite extends AnswerForm, EntryInfo {
  readonly kind: 'write';
  readonly name: string;
  readonly operation: AnyOperation;
  readonly with: Readonly<Record<string, unknown>>;
  /** The screen that shows the written resource. */
  readonly of: AnyScreen | undefined;
  /** Name of the screen whose policy applies. */
  readonly screen: string;
  /** Path to the part of the screen's view that the body and the upstream's answer describe. */
  readonly at: string;
  readonly ifMatch: boolean;
  readonly body: z.ZodType | undefined;
  readonly answers: AnswerForm['answers'];
  readonly answerWith: WriteAnswer;
  readonly status: 200 | 201 | 204;
  readonly touches: ((input: Readonly<Record<string, string>>, body: unknown) => object) | undefined;
  readonly budgetMs: number;
}

/** A declared write. `Needs`: names of the parameters that its path must give, for type inference only. */
export interface Write<Needs extends string = string> extends AnyWrite {
  readonly needs?: Needs;
}

type RequiredNames<Input> = {
  [Name in keyof Input]-?: undefined extends Input[Name] ? never : Name;
}[keyof Input];
type ParamNames<With> = {
  [Name in keyof With]: With[Name] extends PathParameter<infer Of> ? Of : never;
}[keyof With];

type CommonOptions<O extends AnyOperation, With> = EntryOptions & {
  /** The upstream operation of the write. */
  readonly call: O;
  /** Parameters that are not taken from the request by name. */
  readonly with?: With & OnlyInputOf<O, With>;
  /** Schema of the request body. Default: the operation's. */
  readonly body?: Schema<BodyOf<O>>;
  /**
   * What the write answers with. Default: `upstream` if the operation has an answer; else `reread` if there
   * is a screen, except for DELETE; else `none`.
   */
  readonly answerWith?: WriteAnswer;
  /** Status of an answer with a body. Default: 200. */
  readonly status?: 200 | 201;
  /**
   * Returns the part of the view that the write changes: a tenant must not change members hidden from it.
   * Default: the body at the root.
   */
  readonly touches?: (input: Readonly<Record<string, string>>, body: unknown) => object;
  /** Milliseconds for all calls of the write together. Default: 3,000. */
  readonly budgetMs?: number;
};

type OfScreen = {
  /**
   * The screen that shows the written resource: gives its policy, its answer, and the validator for
   * `If-Match`.
   */
  readonly of: AnyScreen;
  /**
   * Requires `If-Match` with the entity tag of that screen (RFC 9110, section 13.1.1); its source with
   * `validator` is read first.
   */
  readonly ifMatch?: boolean;
};

type OwnForm<
  O extends AnyOperation,
  At extends string,
  Root extends string,
  NullPolicy extends Nulls,
  Answer extends Schema,
> = Omit<FormOptions<WrittenView<NonNullable<OutputOf<O>>, At>, Root, NullPolicy, Answer>, 'answers'> & {
  readonly of?: never;
  readonly ifMatch?: never;
  /** Name of the screen whose policy applies. */
  readonly screen: string;
  /** Name of the answer in OpenAPI. Default: the name of the write. */
  readonly resource?: string;
  /**
   * Path to the part of the screen's view that the body and the upstream's answer describe. Default: the
   * root.
   */
  readonly at?: At;
  readonly answers?: AnswerForm['answers'];
};

/** Type of a view with the upstream's answer at the root. */
type WrittenView<Output, Root extends string> = Root extends ''
  ? Output
  : Root extends `${infer List}[0]`
    ? { readonly [Name in List]: readonly Output[] }
    : { readonly [Name in Root]: Output };

/**
 * Declares a write: the upstream operation, and the answer.
 * @throws {TypeError} when the declaration contradicts itself, with the name of the write and the reason
 * @example write('changeSettings', { summary: 'Change settings', call: things.changeSettings, of: settings, ifMatch: true })
 */
export function write<
  O extends AnyOperation,
  Answer extends Schema,
  const With extends { readonly [Name in keyof InputOf<O>]?: InputOf<O>[Name] | PathParameter } = object,
  const Root extends string = '',
  const NullPolicy extends Nulls = 'keep',
  const At extends string = Root,
>(
  name: string,
  options: CommonOptions<O, With> & (OfScreen | OwnForm<O, At, Root, NullPolicy, Answer>),
): Write<(Exclude<RequiredNames<InputOf<O>>, keyof With> & string) | (ParamNames<With> & string)> {
  const { call, of, body = call?.body, status = 200, budgetMs = 3_000 } = options;
  const refuse = (reason: string): never => {
    throw new TypeError(`write "${name}": ${reason}`);
  };
  if (call === undefined) refuse('it has no operation');
  if (call.method === 'GET') refuse(`its operation ${call.service}.${call.name} is a read`);
  const own = options as Partial<OwnForm<O, At, Root, NullPolicy, Answer>>;
  const form: AnswerForm = of ?? answerForm(own.resource ?? name, own as Parameters<typeof answerForm>[1]);
  const hasForm = form.answer !== undefined || form.answers !== undefined;
  const withoutAnswer: WriteAnswer = of && call.method !== 'DELETE' ? 'reread' : 'none';
  const answerWith = options.answerWith ?? (call.response && hasForm ? 'upstream' : withoutAnswer);
  if (answerWith !== 'none' && !hasForm)
    refuse('it answers with a body and needs `of`, `answer` or `answers`');
  if (answerWith === 'upstream' && !call.response) refuse('its operation has no answer to answer with');
  if (answerWith === 'reread' && !of) refuse('to read the screen again it needs `of`');
  if (options.body && !call.body) refuse('it has a body, but its operation has none');
  if (!(budgetMs > 0) || budgetMs >= maxWriteMs)
    refuse(
      `its budget of ${budgetMs} ms is not between 0 and ${maxWriteMs}: an idempotency key is locked for a bounded time`,
    );
  if (options.ifMatch && !validatorOf(of))
    refuse('If-Match needs a screen (`of`) with a source that has `validator`');
  return Object.freeze({
    kind: 'write',
    name,
    ...entryInfo(name, options),
    resource: form.resource,
    root: form.root,
    nulls: form.nulls,
    revision: form.revision,
    answer: form.answer,
    answers: form.answers,
    operation: call,
    with: options.with ?? {},
    of,
    screen: of?.name ?? own.screen ?? name,
    at: of ? (validatorOf(of)?.as ?? of.root) : (own.at ?? form.root),
    ifMatch: options.ifMatch ?? false,
    body: body as z.ZodType | undefined,
    answerWith,
    status: answerWith === 'none' ? 204 : status,
    touches: options.touches,
    budgetMs,
  });
}

/** Returns the source whose entity tag is the validator of a screen. */
export const validatorOf = (screen: AnyScreen | undefined): AnySource | undefined =>
  screen && Object.values(screen.sources).find(({ validator }) => validator);
