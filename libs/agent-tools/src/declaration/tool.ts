import { sensitivePaths, type Entry, type Row, type ScreenTable } from '@bff/screens';
import type { JsonNode } from '@bff/shaping';
import { compilePolicy, type FieldPolicy } from '@bff/tenancy';
import type { z } from 'zod';
import { inputOf, inputSchemaOf } from './input.ts';
import { compactSchema } from './compact-schema.ts';

/** Hints from which a client may decide how to run a call (Model Context Protocol, `ToolAnnotations`). */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** Always false, because a tool reaches only the services behind this server. */
  readonly openWorldHint: false;
}

/** A tool, derived from one row of a screen table. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly row: Row;
  /** Scopes that the access token needs; all of them are required. */
  readonly scopes: readonly string[];
  readonly input: z.ZodObject;
  readonly inputSchema: JsonNode;
  readonly outputSchema: JsonNode;
  /** Maximum bytes of the structured result; undefined without a declared budget. */
  readonly maxBytes: number | undefined;
  /** Hides the members marked `sensitive`. */
  readonly visible: FieldPolicy;
}

/** Name of the tool that reads the receipt of a write. */
export const receiptToolName = 'getWriteReceipt';

const nameSyntax = /^[\w.-]{1,128}$/;

/**
 * Derives one tool from each row of a table: its name is the id of the entry, its description the summary.
 * @throws {TypeError} when an id cannot be the name of a tool, or an entry has several contract versions
 * @example toolsOf(screenTable({ 'GET /things/{id}': thingScreen }))
 */
export const toolsOf = ({ rows }: ScreenTable): readonly Tool[] => rows.map(toolOf);

function toolOf(row: Row): Tool {
  const { entry } = row;
  if (!nameSyntax.test(entry.id) || entry.id === receiptToolName)
    throw new TypeError(`"${entry.id}" is not the name of a tool`);
  if (entry.answers) throw new TypeError(`"${entry.id}": a tool cannot have several contract versions`);
  const input = inputOf(row);
  const hidden = entry.answer ? sensitivePaths(entry.answer) : [];
  return {
    name: entry.id,
    description: [entry.summary, entry.description].filter(Boolean).join('. '),
    annotations: annotationsOf(row),
    row,
    scopes: entry.scopes,
    input,
    inputSchema: inputSchemaOf(input),
    outputSchema: outputSchema(entry, hidden),
    maxBytes: entry.kind === 'screen' ? entry.bytes?.identity : undefined,
    visible: compilePolicy({ blocked: hidden }),
  };
}

/**
 * Derives the annotations from the method (RFC 9110, section 9.2). A merge patch or a replacement may
 * overwrite data, so it counts as destructive.
 */
function annotationsOf({ method, entry }: Row): ToolAnnotations {
  return {
    readOnlyHint: entry.kind === 'screen',
    destructiveHint: entry.kind === 'write' && method !== 'POST',
    idempotentHint: method === 'GET' || method === 'PUT' || method === 'DELETE',
    openWorldHint: false,
  };
}

/** Returns the schema of the answer with `_meta`, which the server's instructions explain. */
function outputSchema(entry: Entry, hidden: readonly string[]): JsonNode {
  const shown = entry.kind === 'write' && entry.answerWith === 'none' ? undefined : entry.answer;
  const schema: JsonNode = shown ? compactSchema(shown, hidden) : { type: 'object' };
  const properties = { ...(schema['properties'] as object | undefined), _meta: { type: 'object' } };
  return { ...schema, properties, required: ['_meta'] };
}
