/** Schemas within schemas whose types the compiler infers; above a few dozen it gives up on some documents. */
const maxDepth = 8;

/**
 * Ends the inference of types in a long chain of schemas that contain each other. What is deeper is `unknown` to the compiler
 * alone: it is read like everything else.
 *
 * @param declarations `const name = schema;`, each after those that it refers to
 */
export function boundDepth(declarations: readonly string[]): readonly string[] {
  const depths = new Map<string, number>();
  return declarations.map((declaration) => {
    const [, name = '', source = ''] = /^const (\w+) = ([^]*)$/.exec(declaration) ?? [];
    // A lazy reference has a type already.
    const used = source.replaceAll(/=> \w+\)/g, '').match(/\b[A-Za-z]\w*\b/g) ?? [];
    const depth = 1 + Math.max(0, ...used.map((each) => depths.get(each) ?? 0));
    depths.set(name, depth >= maxDepth ? 0 : depth);
    return depth >= maxDepth ? `const ${name}: z.ZodType<unknown> = ${source}` : declaration;
  });
}
