/**
 * What Redocly's `recommended` rules, but one, say against an OpenAPI document, one line each.
 * @param text JSON or YAML
 */
export async function lintOpenApi(text: string): Promise<readonly string[]> {
  // Half a second of loading, which only this test is to wait for.
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  // Off, because a login answers with a redirect and nothing else, of which the rule knows nothing.
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
