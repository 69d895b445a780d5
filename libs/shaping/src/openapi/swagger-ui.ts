import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Returns the path of a file of `swagger-ui-dist`: the copy beside the bundle (the build copies the
 * `filesAtRunTime` of package.json there) if it exists, otherwise the file in the installed package.
 *
 * @throws {Error} when neither exists
 */
export function swaggerUiFile(name: string): string {
  const beside = join(import.meta.dirname, 'swagger-ui-dist', name);
  if (existsSync(beside)) return beside;
  return join(dirname(findPackageJSON('swagger-ui-dist', import.meta.url) ?? beside), name);
}

export interface SwaggerUiOptions {
  readonly title: string;
  /** URL of the OpenAPI document. */
  readonly url: string;
  /** Id of the page's element that shows the document. */
  readonly element: string;
  /** Values of `apiKey` schemes that are sent by default, by the name of the scheme. */
  readonly apiKeys: Readonly<Record<string, string>>;
}

/**
 * Returns the script that starts Swagger UI, to be served as a file: the page's policy forbids inline
 * scripts.
 */
export function swaggerUiStart({ title, url, element, apiKeys }: SwaggerUiOptions): string {
  // `validatorUrl: null`: by default Swagger UI sends the document's URL to a validator on another origin.
  const options = { url, dom_id: `#${element}`, deepLinking: true, validatorUrl: null };
  return `document.title = ${JSON.stringify(title)};
const ui = SwaggerUIBundle({
  ...${JSON.stringify(options)},
  onComplete() {
    for (const [scheme, value] of Object.entries(${JSON.stringify(apiKeys)})) ui.preauthorizeApiKey(scheme, value);
  },
});
`;
}
