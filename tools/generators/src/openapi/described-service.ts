import { uniqueName } from '../source/names.ts';
import { describeOperation, methods, operationName, type DescribedOperation } from './describe-operation.ts';
import { asList, asNode, asText, oneLine, type Document, type Node } from './document.ts';

/** An operation for which no client is generated. */
export interface SkippedOperation {
  readonly name: string;
  /** Method and path, or only the path. */
  readonly request: string;
  readonly tags: readonly string[];
  readonly reason: string;
}

export interface DescribedService {
  readonly document: Document;
  readonly title: string;
  readonly operations: readonly DescribedOperation[];
  readonly skipped: readonly SkippedOperation[];
  /** Parts of the document that were interpreted differently from how they are written. */
  readonly notes: readonly string[];
}

/** Describes every operation of a document, so that names do not depend on the later choice of operations. */
export function describedService(document: Document): DescribedService {
  const operations: DescribedOperation[] = [];
  const skipped: SkippedOperation[] = [];
  const names = new Set<string>();
  const attempt = (it: Omit<SkippedOperation, 'reason'>, describe: () => void): void => {
    try {
      describe();
    } catch (error) {
      skipped.push({ ...it, request: oneLine(it.request), reason: oneLine((error as Error).message) });
    }
  };
  for (const [path, given] of Object.entries(asNode(document.root['paths'])))
    attempt({ name: '', request: path, tags: [] }, () => {
      const item = { ...document.resolve(given), ...asNode(given) };
      for (const method of methods) {
        if (asNode(item)[method.toLowerCase()] === undefined) continue;
        const operation = asNode(asNode(item)[method.toLowerCase()]);
        const name = uniqueName(operationName(method, path, operation), (each) => names.has(each));
        names.add(name);
        const tags = asList(operation['tags']).map(asText);
        attempt({ name, request: `${method} ${path}`, tags }, () => {
          operations.push({ ...describeOperation({ document, method, path, item, operation }), name, tags });
        });
      }
    });
  const { title, version } = asNode(document.root['info']);
  return {
    document,
    title: `${asText(title)} ${asText(version)}`.trim(),
    operations,
    skipped,
    notes: notesOn(document.root),
  };
}

function notesOn(root: Node): readonly string[] {
  const text = JSON.stringify(root);
  const isNullableLost = /^3\.[12]/.test(asText(root['openapi'])) && text.includes('"nullable":true');
  return [
    ...(isNullableLost ? ['nullable is a keyword of OpenAPI 3.0; it has that meaning here'] : []),
    ...(/"format":"u?int64"/.test(text)
      ? ['integers of 64 bits lose digits above 2^53: ids should be strings']
      : []),
  ];
}
