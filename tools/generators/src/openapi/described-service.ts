import { uniqueName } from '../source/names.ts';
import { describeOperation, methods, type DescribedOperation } from './describe-operation.ts';
import { asNode, asText, readDocument, type Document, type Node } from './document.ts';

export interface DescribedService {
  readonly document: Document;
  readonly title: string;
  readonly operations: readonly DescribedOperation[];
  /** What no client is made for, and why. */
  readonly passedOver: readonly string[];
  /** What is read in another way than written. */
  readonly notes: readonly string[];
}

/** @throws {Error} in few lines, when the file cannot be read or describes nothing that can be called */
export function describedService(file: string): DescribedService {
  const document = readDocument(file);
  const operations: DescribedOperation[] = [];
  const passedOver: string[] = [];
  const attempt = (what: string, describe: () => void): void => {
    try {
      describe();
    } catch (error) {
      passedOver.push(`${oneLine(what)}: ${oneLine((error as Error).message)}`);
    }
  };
  for (const [path, given] of Object.entries(asNode(document.root['paths'])))
    attempt(path, () => {
      const item = { ...document.resolve(given), ...asNode(given) };
      for (const method of methods) {
        const operation = asNode(item)[method.toLowerCase()];
        if (operation === undefined) continue;
        attempt(`${method} ${path}`, () => {
          const described = describeOperation({ document, method, path, item, operation: asNode(operation) });
          const name = uniqueName(described.name, (each) => operations.some((other) => other.name === each));
          operations.push({ ...described, name });
        });
      }
    });
  const { title, version } = asNode(document.root['info']);
  return {
    document,
    title: `${asText(title)} ${asText(version)}`.trim(),
    operations,
    passedOver,
    notes: notesOn(document.root),
  };
}

function notesOn(root: Node): readonly string[] {
  const text = JSON.stringify(root);
  const isNullableLost = /^3\.[12]/.test(asText(root['openapi'])) && text.includes('"nullable":true');
  return [
    ...(isNullableLost ? ['nullable is a keyword of OpenAPI 3.0; it is read as there'] : []),
    ...(/"format":"u?int64"/.test(text)
      ? ['integers of 64 bits lose digits above 2^53: ids should be strings']
      : []),
  ];
}

/** A text of a document, as it is printed: it cannot move the cursor or start a line. */
const oneLine = (text: string): string => text.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 200);
