import type { ProblemType } from '@bff/service-kit';
import type { ApiOperation, JsonNode } from '@bff/shaping';
import type { z } from 'zod';
import { pascal, type AnyScreen } from '../declaration/screen.ts';
import type { Entry, Row, ScreenTable } from '../declaration/table.ts';
import type { AnyWrite } from '../declaration/write.ts';
import { AnswerSchemas } from './answer-schemas.ts';
import { receiptOperation, receiptSchema, receiptSchemaId, type ReceiptStyle } from './receipt-operation.ts';

/** The parts of the OpenAPI description that differ between client families. */
export interface TableStyle {
  /** Prefix of every path, such as `/api`. */
  readonly prefix: `/${string}`;
  /** Version of the contract; undefined when answers have one form. */
  readonly version?: string;
  /** Returns the id of an operation or answer. Default: the id unchanged. */
  idOf?(id: string): string;
  /** Returns the group of an entry without a tag. */
  tagOf(entry: Entry): string;
  /** Returns query and header parameters; path parameters are added from the path. */
  parametersOf(entry: Entry): readonly JsonNode[];
  /** Returns the media types of a write's body. */
  bodyTypesOf(write: AnyWrite): readonly string[];
  /** Returns the answers by status. @param answerId name of the schema; undefined when there is no body */
  answersOf(entry: Entry, answerId: string | undefined): Readonly<Record<number, JsonNode>>;
  problemsOf(entry: Entry): readonly ProblemType[];
  securityOf?(entry: Entry): readonly JsonNode[];
  readonly deprecated?: boolean;
  /** Adds the members that all answers have, such as `_meta`. */
  answerSchema(schema: JsonNode, entry: Entry): JsonNode;
  readonly receipts: ReceiptStyle;
}

export interface TableDescription {
  readonly operations: readonly ApiOperation[];
  /** Component schemas by name. */
  readonly schemas: Readonly<Record<string, JsonNode>>;
}

/**
 * Returns the OpenAPI operations of a table and the schemas that they refer to, all derived from the
 * declarations.
 */
export function describeTable(
  { rows }: ScreenTable,
  style: TableStyle,
  schemas = new AnswerSchemas(),
): TableDescription {
  const idOf = (id: string): string => style.idOf?.(id) ?? id;
  const operations = rows.map((row): ApiOperation => {
    const { entry } = row;
    const schema = answerSchemaOf(entry, style.version);
    const answerId = schema && idOf(`${pascal(entry.resource)}Answer`);
    if (schema && answerId !== undefined)
      schemas.add(answerId, schema, (node) => style.answerSchema(node, entry));
    return {
      id: idOf(entry.id),
      method: row.method.toLowerCase() as ApiOperation['method'],
      path: `${style.prefix}${row.path}`,
      tag: entry.tag ?? style.tagOf(entry),
      summary: entry.summary,
      ...(entry.description !== undefined && { description: entry.description }),
      ...(style.securityOf && { security: style.securityOf(entry) }),
      ...(style.deprecated !== undefined && { deprecated: style.deprecated }),
      parameters: [...style.parametersOf(entry)],
      ...(entry.kind === 'write' &&
        bodyOf(entry, style, (schema) => schemas.body(idOf(`${pascal(entry.id)}Body`), schema))),
      answers: style.answersOf(entry, answerId),
      problems: [...new Set([...style.problemsOf(entry), ...entry.problems])],
    };
  });
  if (rows.some(({ entry }) => entry.kind === 'write')) {
    schemas.put(receiptSchemaId, receiptSchema);
    const { prefix, deprecated, receipts } = style;
    const operation = receiptOperation(idOf('getWriteReceipt'), prefix, receipts);
    operations.push({ ...operation, ...(deprecated !== undefined && { deprecated }) });
  }
  return { operations, schemas: schemas.all() };
}

/** Returns undefined for an entry that answers without a body. */
export function answerSchemaOf(
  entry: AnyScreen | AnyWrite,
  version: string | undefined,
): z.ZodType | undefined {
  if (entry.kind === 'write' && entry.answerWith === 'none') return undefined;
  return (version === undefined ? undefined : entry.answers?.[version]?.schema) ?? entry.answer;
}

const bodyOf = (
  write: AnyWrite,
  style: TableStyle,
  describe: (schema: z.ZodType) => JsonNode,
): Pick<ApiOperation, 'body'> | undefined =>
  write.body && {
    body: Object.fromEntries(
      style.bodyTypesOf(write).map((type) => [type, describe(write.body as z.ZodType)]),
    ),
  };

export type { Row };
