import { clientName, type AnyOperation } from '@bff/upstream-clients';
import { z } from 'zod';
import { asNode, documentOf, type Document } from '../openapi/document.ts';
import { formOf, type Form, type JsonSchema } from '../openapi/schema/json-schema.ts';
import { literal } from './literal.ts';
import { withoutRecursion } from './without-recursion.ts';

/** The contribution of one source to the view. */
export interface ViewPart {
  readonly document: Document;
  /** Options of the source for this part: `as`, `take`, `members`. */
  readonly options: readonly string[];
  /** Fallback value of the source, as source text. */
  readonly fallback: string;
  readonly members: readonly Member[];
  /** Whether this part is a list with a cursor, which a screen can read by pages. */
  readonly isPage: boolean;
}

export interface Member {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** Returns whether a member is presumably confidential; generators add no such member to an answer. */
export const isConfidential = (name: string): boolean => /ssn|internal|secret|password|token/i.test(name);

/** Names of members beside the items of a list. An object with others is a resource that has items. */
const ofPage = /cursor|next|prev|total|count|page|limit|offset|size|more|links?|meta/i;

/**
 * Returns the contribution of an operation. The members of an object are placed at the root of the view, and
 * a list becomes a member named after its service, because tenant policies refer to them there. An object
 * also becomes such a member when another source already has one of its members.
 */
export function viewPart(operation: AnyOperation, taken: Set<string>, notes: string[]): ViewPart {
  const { service, name, query } = operation;
  const complete = asNode(
    z.toJSONSchema(operation.response as z.ZodType, { unrepresentable: 'any', reused: 'ref' }),
  );
  const root = withoutRecursion(complete, notes);
  const document = documentOf(root);
  /** Returns a fallback value with all required members, including those that the answer omits. */
  const emptiest = (schema: JsonSchema) => neutral(schema, documentOf(complete));
  const completeMembers = formOf(complete, documentOf(complete), 'answer').object?.properties;
  const form = formOf(root, document, 'answer');
  const free = (wanted: string): string => {
    const own = taken.has(wanted) ? clientName(`${service}-${name}`) : wanted;
    taken.add(own);
    return own;
  };
  const whole = (wanted: string, schema: JsonSchema, more: readonly string[], isPage = false): ViewPart => {
    const isRoot = schema === root;
    const member = free(wanted);
    return {
      document,
      options: [`as: ${literal(member)}`, ...more],
      fallback: isRoot ? emptiest(complete) : neutral(schema, document),
      members: [{ name: member, schema, isRequired: true }],
      isPage,
    };
  };

  const { object } = form;
  const items = object?.properties.get('items');
  const list = clientName(service).replace(/s?$/, 's');
  const isEnvelope = [...(object?.properties.keys() ?? [])].every(
    (each) => each === 'items' || ofPage.test(each),
  );
  if (items !== undefined && isEnvelope && formOf(items, document, 'answer').items !== undefined) {
    const isPage = 'cursor' in query && 'limit' in query && object?.properties.has('next_cursor') === true;
    return whole(list, items, ['take: ({ items }) => items'], isPage);
  }
  if (form.items !== undefined) return whole(list, root, []);
  const members = publicMembers(form);
  if (form.isNullable || members.length === 0) return whole(name, root, []);
  if (members.some((each) => taken.has(each.name))) return whole(clientName(service), root, []);
  for (const each of members) taken.add(each.name);
  const required = members.filter((each) => each.isRequired);
  const isComplete = required.length === members.length;
  return {
    document,
    options: isComplete ? [] : [`members: [${members.map((each) => literal(each.name)).join(', ')}]`],
    fallback: objectText(
      required.map(({ name: member }) => [member, emptiest(completeMembers?.get(member))]),
    ),
    members,
    isPage: false,
  };
}

export const membersText = (members: readonly Member[]): string =>
  `members: [${members.map((each) => literal(each.name)).join(', ')}]`;

const publicMembers = ({ object }: Form): readonly Member[] =>
  [...(object?.properties ?? [])]
    .filter(([name]) => !isConfidential(name))
    .map(([name, schema]) => ({ name, schema, isRequired: object?.required.has(name) === true }));

const objectText = (members: readonly (readonly [name: string, value: string])[]): string =>
  `{ ${members.map(([name, value]) => `${literal(name)}: ${value}`).join(', ')} }`;

/** Returns the source text of the emptiest value that a schema allows. */
function neutral(schema: JsonSchema, document: Document): string {
  const [fixed] = [asNode(schema)['const'], ...((asNode(schema)['enum'] as unknown[] | undefined) ?? [])];
  if (fixed !== undefined) return literal(fixed as string);
  const form = formOf(schema, document, 'answer');
  if (form.isAny || form.isNullable) return 'null';
  if (form.items !== undefined) return '[]';
  if (form.scalars.has('string')) return "''";
  if (form.scalars.has('number') || form.scalars.has('integer')) return '0';
  if (form.scalars.has('boolean')) return 'false';
  const { properties, required } = form.object ?? {
    properties: new Map<string, JsonSchema>(),
    required: new Set<string>(),
  };
  return objectText(
    [...properties]
      .filter(([name]) => required.has(name))
      .map(([name, member]) => [name, neutral(member, document)]),
  );
}
