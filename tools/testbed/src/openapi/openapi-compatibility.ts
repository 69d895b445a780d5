import {
  at,
  resolved,
  schemaChanges,
  type Direction,
  type Documents,
  type Node,
} from './openapi-schema-changes.ts';

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/**
 * Returns one line for each change that would break a client of the old document; empty when the new one only
 * adds.
 * Breaking: a removed path, operation, parameter, answer or member; another type; a removed enum value or
 * alternative; in answers a member that becomes optional; a request that needs more members or permissions
 * than before.
 */
export function breakingChanges(before: Node, after: Node): readonly string[] {
  const found: string[] = [];
  for (const [path, oldItem] of Object.entries(at(before, 'paths')))
    for (const method of methods) {
      const oldOperation = (oldItem as Node)[method];
      const operation = at(at(after, 'paths'), path)[method];
      const where = `${method.toUpperCase()} ${path}`;
      if (!oldOperation) continue;
      if (!operation) found.push(`${where}: is gone`);
      else found.push(...operationChanges(oldOperation as Node, operation as Node, where, { before, after }));
      if (operation)
        found.push(...securityChanges(oldOperation as Node, operation as Node, where, { before, after }));
    }
  return found;
}

function operationChanges(before: Node, after: Node, where: string, documents: Documents): string[] {
  const found: string[] = [];
  const oldParameters = parametersOf(before, documents.before);
  const parameters = parametersOf(after, documents.after);
  for (const [key, old] of oldParameters) {
    const parameter = parameters.get(key);
    if (!parameter) found.push(`${where}: parameter ${key} is gone`);
    else
      found.push(
        ...schemaChanges(old['schema'], parameter['schema'], `${where}: ${key}`, documents, 'request'),
      );
  }
  for (const [key, { required }] of parameters)
    if (required === true && oldParameters.get(key)?.['required'] !== true)
      found.push(`${where}: parameter ${key} is now required`);

  const oldBody = resolved(at(before, 'requestBody'), documents.before);
  const body = resolved(at(after, 'requestBody'), documents.after);
  if (body['required'] === true && oldBody['required'] !== true)
    found.push(`${where}: a body is now required`);
  found.push(...contentChanges(oldBody, body, `${where}: body`, documents, 'request'));

  for (const [status, old] of Object.entries(at(before, 'responses'))) {
    const response = at(after, 'responses')[status];
    if (response === undefined) found.push(`${where}: answer ${status} is gone`);
    else
      found.push(
        ...contentChanges(
          resolved(old, documents.before),
          resolved(response, documents.after),
          `${where}: ${status}`,
          documents,
          'answer',
        ),
      );
  }
  return found;
}

/** Checks that each client that was permitted to call before still satisfies one of the alternatives. */
function securityChanges(before: Node, after: Node, where: string, documents: Documents): string[] {
  const alternatives = securityOf(after, documents.after);
  const letsIn = (granted: Node): boolean =>
    alternatives.some((needed) =>
      Object.entries(needed).every(
        ([scheme, scopes]) =>
          scheme in granted &&
          (scopes as string[]).every((scope) => (granted[scheme] as string[]).includes(scope)),
      ),
    );
  return securityOf(before, documents.before)
    .filter((granted) => !letsIn(granted))
    .map((granted) => `${where}: ${JSON.stringify(granted)} is no longer enough`);
}

const securityOf = (operation: Node, document: Node): readonly Node[] =>
  (operation['security'] ?? document['security'] ?? [{}]) as readonly Node[];

function parametersOf(operation: Node, document: Node): Map<string, Node> {
  const list = (operation['parameters'] ?? []) as readonly unknown[];
  return new Map(
    list.map((each) => resolved(each, document)).map((each) => [`${each['in']} ${each['name']}`, each]),
  );
}

function contentChanges(
  before: Node,
  after: Node,
  where: string,
  documents: Documents,
  direction: Direction,
): string[] {
  return Object.entries(at(before, 'content')).flatMap(([type, old]) => {
    const content = at(after, 'content')[type];
    if (content === undefined) return [`${where}: ${type} is gone`];
    return schemaChanges(at(old, 'schema'), at(content, 'schema'), where, documents, direction);
  });
}
