import type { Source } from './source.ts';
import { deepFreeze } from './deep-freeze.ts';

type PartsByName = Readonly<Record<string, object>>;

/** Intersection of all parts as one flat object type. A part that is a union type remains a union. */
type ViewOf<Parts extends PartsByName> = {
  [Name in keyof Parts]: (part: Parts[Name]) => void;
}[keyof Parts] extends (part: infer All extends object) => void
  ? { [Field in keyof All]: All[Field] }
  : never;

export interface ScreenDefinition<Scope, Parts extends PartsByName> {
  /** Names the screen in errors and logs. */
  readonly name: string;
  /** Milliseconds within which the screen answers, whatever its sources do. */
  readonly budgetMs: number;
  /** The sources by name, in the order of the view's fields and of the entries in `degraded`. */
  readonly sources: { readonly [Name in keyof Parts]: Source<Scope, Parts[Name]> };
  /**
   * Called when a source's `read` throws or returns a value that is not an outcome. The source is degraded
   * with the reason `error`. Default: the exception is not reported.
   */
  readonly onUnexpected?: (error: unknown, source: string, scope: Scope) => void;
}

/** A validated definition, created by {@link defineScreen} only. */
export interface Screen<Scope, View extends object> {
  readonly name: string;
  /** Milliseconds within which the screen answers. */
  readonly budgetMs: number;
  /** The view that is shown when no source answers: the fallbacks of all sources together. */
  readonly fallback: Readonly<View>;
  readonly sources: readonly ScreenSource<Scope>[];
  /** The distinct budgets of the sources in milliseconds; each has one guard timer. */
  readonly budgets: readonly number[];
  readonly onUnexpected: ((error: unknown, source: string, scope: Scope) => void) | undefined;
}

export interface ScreenSource<Scope> {
  readonly name: string;
  readonly source: Source<Scope, object>;
  readonly fields: readonly string[];
  /** A frozen copy of the source's fallback: a later change of the original does not change answers. */
  readonly fallback: object;
  /** Index in {@link Screen.budgets}. */
  readonly budget: number;
}

/**
 * A subset of the token syntax of RFC 9651, section 3.3.4, because the name is sent as a token in
 * `BFF-Degraded`.
 */
const sourceNameSyntax = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** The longest delay of `setTimeout`; a longer one fires immediately. */
const longestBudgetMs = 2 ** 31 - 1;

/**
 * Validates the definition of a screen. Curried: the caller names `Scope`, and TypeScript infers the view.
 * @throws {TypeError} when the settings contradict each other, with the reason
 * @example defineScreen<Scope>()({ name, budgetMs, sources })
 */
export function defineScreen<Scope>() {
  return function define<Parts extends PartsByName>(
    definition: ScreenDefinition<Scope, Parts>,
  ): Screen<Scope, ViewOf<Parts>> {
    const { name, budgetMs, onUnexpected } = definition;
    const refuse = (reason: string): never => {
      throw new TypeError(`screen "${name}": ${reason}`);
    };
    const checkBudget = (ms: number, whose: string): number =>
      ms > 0 && ms <= longestBudgetMs
        ? ms
        : refuse(`${whose} budget of ${ms} ms is not between 0 and ${longestBudgetMs}`);

    checkBudget(budgetMs, 'its');
    const named = Object.entries<Source<Scope, object>>(definition.sources);
    if (named.length === 0) refuse('it has no source');

    const owners = new Map<string, string>();
    const budgets = [...new Set(named.map(([, source]) => source.budgetMs ?? budgetMs))];
    const sources = named.map(([sourceName, source]): ScreenSource<Scope> => {
      const budget = source.budgetMs ?? budgetMs;
      const fallback = deepFreeze(structuredClone(source.fallback));
      const fields = Object.keys(fallback);
      if (!sourceNameSyntax.test(sourceName)) refuse(`source name "${sourceName}" is not a token`);
      checkBudget(budget, `source "${sourceName}":`);
      if (budget > budgetMs)
        refuse(`source "${sourceName}": budget of ${budget} ms is above the screen's ${budgetMs} ms`);
      if (fields.length === 0) refuse(`source "${sourceName}": its fallback has no field`);
      for (const field of fields) {
        const owner = owners.get(field);
        if (field === '__proto__') refuse(`source "${sourceName}": "__proto__" is not a field`);
        if (owner !== undefined) refuse(`field "${field}" is given by "${owner}" and by "${sourceName}"`);
        owners.set(field, sourceName);
      }
      return { name: sourceName, source, fields, fallback, budget: budgets.indexOf(budget) };
    });

    const fallback = Object.freeze(Object.assign({}, ...sources.map((source) => source.fallback)));
    return Object.freeze({ name, budgetMs, fallback, sources, budgets, onUnexpected });
  };
}
