import { pascal } from './names.ts';

/** A constant of a module to which other schemas refer. */
export interface Declaration {
  readonly name: string;
  /** A zod expression. */
  readonly source: string;
  readonly isObject: boolean;
  /** Whether it refers to itself, directly or indirectly. */
  readonly isRecursive: boolean;
}

/**
 * Maximum length of a type without a name. Without names the types of objects that refer to each other would
 * be expanded within each other, and TypeScript limits the declaration of a service to a million characters
 * (TS7056).
 */
const maxTypeChars = 400;

/** Returns the name of the type of an object's constant. */
export const typeName = (name: string): string => pascal(name);

/** Returns the source text of declarations, each of which follows those to which it refers, except lazily. */
export function declarationTexts(declarations: readonly Declaration[]): readonly string[] {
  const sizes = new Map<string, number>();
  return declarations.map(({ name, source, isObject, isRecursive }) => {
    const used = source.match(/\b[A-Za-z]\w*\b/g) ?? [];
    const size = used.reduce((sum, each) => sum + (sizes.get(each) ?? 0), source.length);
    const isNamed = isObject && (isRecursive || size > maxTypeChars);
    sizes.set(name, isNamed ? 0 : size);
    if (!isNamed) return `const ${name} = ${source};`;
    const [type, members] = [typeName(name), `${name}Members`];
    // Uses an interface, because it can refer to itself, and TypeScript emits its name instead of its
    // members.
    return `const ${members} = ${source};
export interface ${type} extends z.output<typeof ${members}> {}
const ${name}: z.ZodType<${type}> = ${members};`;
  });
}
