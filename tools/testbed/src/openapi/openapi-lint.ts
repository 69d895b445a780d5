/**
 * Returns one line for each violation of Redocly's `recommended` rules, except for one rule, in an OpenAPI
 * document.
 * @param text JSON or YAML
 */
export async function lintOpenApi(text: string): Promise<readonly string[]> {
  // Imported on demand: loading takes half a second.
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  // Disables the rule that requires a 2xx answer, because a login answers only with a redirect.
  const config = await createConfig({
    extends: ['recommended'],
    rules: { 'operation-2xx-response': 'off' },
  });
  const problems = await lintFromString({ source: text, config });
  return problems.map(
    ({ ruleId, severity, message, location: [at] }) =>
      `${severity} ${ruleId} ${at?.pointer ?? ''}: ${message}`,
  );
}
