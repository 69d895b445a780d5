import type { Source } from './source.ts';
import { deepFreeze } from './deep-freeze.ts';

type PartsByName = Readonly<Record<string, object>>;

/** The intersection of all parts, as one flat object type. A part that is itself a union stays one. */
type ViewOf<Parts extends PartsByName> = {
  [Name in keyof Parts]: (part: Parts[Name]) => void;
}[keyof Parts] extends (part: infer All extends object) => void
  ? { [Field in keyof All]: All[Field] }
  : never;

export interface ScreenDefinition<Scope, Parts extends PartsByName> {
  /** For error texts and logs. */
  readonly name: string;
  /** Milliseconds until the screen answers, whatever its sources do. */
  readonly budgetMs: number;
  /** In the order in which the view lists their fields and the answer names the degraded ones. */
  readonly sources: { readonly [Name in keyof Parts]: Source<Scope, Parts[Name]> };
  /** Told of a `read` that threw or rejected, which degrades its source as `error`. Default: nobody is told. */
  readonly onUnexpected?: (error: unknown, source: string, scope: Scope) => void;
}

/** A checked definition; made only by {@link defineScreen}. */
export interface Screen<Scope, View extends object> {
  readonly name: string;
  /** Milliseconds until the screen answers. */
  readonly budgetMs: number;
  /** The whole view as it is when every source fell to its default. */
  readonly fallback: Readonly<View>;
  readonly sources: readonly ScreenSource<Scope>[];
  /** The distinct budgets of the sources, milliseconds: one guard timer each. */
  readonly budgets: readonly number[];
  readonly onUnexpected: ((error: unknown, source: string, scope: Scope) => void) | undefined;
}

export interface ScreenSource<Scope> {
  readonly name: string;
  readonly source: Source<Scope, object>;
  readonly fields: readonly string[];
  /** Frozen copy: what the definition was made from may change without changing an answer. */
  readonly fallback: object;
  /** Index in {@link Screen.budgets}. */
  readonly budget: number;
}

/** The name is sent in `BFF-Degraded` as a token (RFC 9651, section 3.3.4), of which this is a part. */
const sourceNameSyntax = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** What `setTimeout` can count to; above, it fires at once. */
const longestBudgetMs = 2 ** 31 - 1;

/**
 * `defineScreen<Scope>()({ name, budgetMs, sources })`: Scope is given, the type of the view follows from the sources.
 *
 * @throws {TypeError} when the settings contradict each other, with the reason
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
      if (fields.length === 0) refuse(`source "${sourceName}": its fallback owns no field`);
      for (const field of fields) {
        const owner = owners.get(field);
        if (field === '__proto__') refuse(`source "${sourceName}": "__proto__" is not a field`);
        if (owner !== undefined) refuse(`field "${field}" is owned by "${owner}" and by "${sourceName}"`);
        owners.set(field, sourceName);
      }
      return { name: sourceName, source, fields, fallback, budget: budgets.indexOf(budget) };
    });

    const fallback = Object.freeze(Object.assign({}, ...sources.map((source) => source.fallback)));
    return Object.freeze({ name, budgetMs, fallback, sources, budgets, onUnexpected });
  };
}
