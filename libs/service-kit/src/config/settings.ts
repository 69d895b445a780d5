import { z } from 'zod';
import { fileError, type FileKind } from './file-error.ts';

/** Declaration of one setting of a process. */
export interface Setting<T = unknown> {
  readonly env: string;
  /** Parses the environment variable; see {@link integer}, {@link text} and the others. */
  readonly schema: z.ZodType<T>;
  /** Used in every environment when the variable is not set. */
  readonly default?: T;
  /** Used outside production only. In production the variable is required. */
  readonly developmentDefault?: T;
  /** The variable may be unset; the value is then undefined. `development`: only outside production. */
  readonly optional?: boolean | 'development';
  /** Help text of one line, with the unit. */
  readonly meaning: string;
  /** The value is never printed, and production rejects the development default. */
  readonly secret?: boolean;
  /** The value is the path of a file, which must be readable and have content of this kind. */
  readonly file?: FileKind;
}

export type Settings = Readonly<Record<string, Setting>>;
export type SettingValues<S extends Settings> = {
  readonly [K in keyof S]: S[K]['schema'] extends z.ZodType<infer T>
    ? S[K] extends { optional: true | 'development' }
      ? T | undefined
      : T
    : never;
};

export const integer = (min: number, max: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^-?\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
/** Accepts a share from 0 to 1. */
export const ratio = (): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d*\.?\d+$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().max(1, 'must be at most 1'));
export const port = (): z.ZodType<number> => integer(0, 65535);
export const text = (pattern = /\S/, rule = 'must not be empty'): z.ZodType<string> =>
  z.string().regex(pattern, rule);
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number]> =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
export const httpUrl = (): z.ZodType<string> =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
      'must be an http(s) URL',
    );
/**
 * Accepts the URL under which clients reach a service, in normalized form (RFC 3986, section 6.2): without a
 * slash at the end.
 */
export const publicUrl = (): z.ZodType<string> =>
  httpUrl().transform((value) => {
    const { origin, href } = new URL(value);
    return href === `${origin}/` ? origin : value.replace(/\/+$/, '');
  });
/** Accepts comma-separated items; drops empty ones. */
export const list = (): z.ZodType<readonly string[]> =>
  z.string().transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
export const flag = (): z.ZodType<boolean> =>
  z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');

/** Every error of a configuration, one line each, without the values of secrets. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly errors: readonly string[];

  constructor(errors: readonly string[]) {
    super(
      `the configuration has ${errors.length} error${errors.length === 1 ? '' : 's'}:\n${errors.map((error) => `  ${error}`).join('\n')}`,
    );
    this.errors = errors;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

export const isProduction = (env: Environment): boolean => env['NODE_ENV'] === 'production';

/**
 * Reads every setting, or reports every error at once. An empty variable counts as unset, because
 * Kubernetes and Compose files leave a value out in this way.
 * @param check returns an error for each contradiction between settings; the value of an invalid setting is
 * undefined. Default: no contradictions are checked
 * @throws {SettingsError}
 */
export function readSettings<const S extends Settings>(
  settings: S,
  env: Environment,
  check: (values: Partial<SettingValues<S>>, production: boolean) => readonly string[] = () => [],
): SettingValues<S> {
  const production = isProduction(env);
  const values: Record<string, unknown> = {};
  const errors: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const given = env[setting.env];
    if (given) {
      const parsed = setting.schema.safeParse(given);
      if (!parsed.success) {
        const shown = setting.secret ? '' : ` (it is ${JSON.stringify(given.slice(0, 100))})`;
        errors.push(
          `${setting.env} ${parsed.error.issues[0]?.message ?? 'is not valid'}${shown}: ${setting.meaning}`,
        );
      } else if (production && setting.secret && given === setting.developmentDefault) {
        errors.push(`${setting.env} is the development value; production needs its own: ${setting.meaning}`);
      } else {
        values[name] = parsed.data;
        const error = setting.file && fileError(given, setting.file, production);
        if (error !== undefined) errors.push(`${setting.env} ${error}: ${setting.meaning}`);
      }
    } else if (setting.default !== undefined) values[name] = setting.default;
    else if (!production && setting.developmentDefault !== undefined)
      values[name] = setting.developmentDefault;
    else if (!setting.optional || (production && setting.optional === 'development'))
      errors.push(`${setting.env} must be set: ${setting.meaning}`);
  }
  errors.push(...check(values as Partial<SettingValues<S>>, production));
  if (errors.length > 0) throw new SettingsError(errors);
  return values as SettingValues<S>;
}

/** Returns the text of `--help`: every setting with its default and meaning. */
export function describeSettings(title: string, settings: Settings): string {
  const width = Math.max(...Object.values(settings).map(({ env }) => env.length));
  const lines = Object.values(settings).map(
    (setting) =>
      `  ${setting.env.padEnd(width)}  ${setting.meaning}\n  ${''.padEnd(width)}  ${defaultOf(setting)}`,
  );
  return `${title}\n\nSettings (environment variables):\n${lines.join('\n')}\n`;
}

function defaultOf(setting: Setting): string {
  if (setting.default !== undefined) return `default: ${JSON.stringify(setting.default)}`;
  const development =
    setting.developmentDefault === undefined
      ? ''
      : `; in development ${setting.secret ? 'a known value' : JSON.stringify(setting.developmentDefault)}`;
  return `${optionality(setting)}${development}`;
}

const optionality = ({ optional }: Setting): string =>
  optional === 'development' ? 'required in production' : optional ? 'optional' : 'required';
