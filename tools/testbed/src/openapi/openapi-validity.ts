import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';

type Node = Readonly<Record<string, unknown>>;

/**
 * Returns one line for each error of an OpenAPI 3.1 document: violations of the specification's own schema,
 * which Redocly's linter does not use, and defaults and examples that their schema rejects, which the
 * specification's schema cannot detect.
 */
export async function openApiErrors(text: string): Promise<readonly string[]> {
  const document = JSON.parse(text) as Node;
  const { valid, errors } = await new Validator().validate(document);
  const ajv = new Ajv({ strict: false, logger: false });
  const unfit: string[] = [];
  visit(document, '#', (node, pointer) => {
    if (typeof node['type'] !== 'string') return;
    const { default: given, examples, ...schema } = node;
    const values = [...(given === undefined ? [] : [given]), ...(Array.isArray(examples) ? examples : [])];
    for (const value of values)
      if (!ajv.validate({ ...schema, components: document['components'] }, value))
        unfit.push(`${pointer}: ${JSON.stringify(value)} does not fit its schema`);
  });
  return [...(valid ? [] : [`the document is invalid: ${JSON.stringify(errors)}`]), ...unfit];
}

function visit(value: unknown, pointer: string, see: (node: Node, pointer: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) see(value as Node, pointer);
  for (const [name, each] of Object.entries(value))
    visit(each, `${pointer}/${encodeURIComponent(name)}`, see);
}
