import type { AnyOperation } from '@bff/upstream-clients';
import type { AppStyle } from '../workspace/app.ts';
import { inputsOf } from './inputs.ts';
import { literal } from './literal.ts';
import {
  answerSource,
  importLine,
  importText,
  moduleSource,
  scopesText,
  servicesIn,
} from './screen-source.ts';
import { viewPart } from './view-part.ts';
import { declarationsOf, integerName } from './zod-source.ts';

/** The screen that shows the written resource. */
export interface OfScreen {
  readonly constant: string;
  /** Module specifier in the file of the write. */
  readonly specifier: string;
  /** Whether one of its sources has a validator, which `If-Match` names. */
  readonly hasValidator: boolean;
}

interface Named {
  readonly name: string;
  readonly constant: string;
  readonly scopes: readonly string[];
}

/**
 * Returns the file of a write: the operation that it calls, and its answer. @param notes collects omitted
 * members
 */
export function writeSource(
  { name, constant, scopes }: Named,
  operation: AnyOperation,
  of: OfScreen | undefined,
  style: AppStyle,
  notes: string[],
): string {
  const { service, name: operationName, response } = operation;
  const services = servicesIn([operation], constant);
  inputsOf(operation);
  const names = new Set(['z', integerName, 'write', 'versionOf', 'answer', constant, ...services.values()]);
  const part = response && !of ? viewPart(operation, new Set(), notes) : undefined;
  const zod = part && answerSource(part, [part.document.root], style, names);
  const answer = zod?.of(part?.document.root, name);
  const hasVersions = answer !== undefined && style.versions.length > 0;
  return moduleSource({
    imports: [
      importLine(['write', ...(hasVersions ? ['versionOf'] : [])], '@bff/screens'),
      importText(services),
      ...(answer === undefined ? [] : ["import { z } from 'zod';"]),
      ...(of ? [importLine([of.constant], of.specifier)] : []),
    ],
    declarations: zod ? declarationsOf(zod) : [],
    answer,
    style,
    call: `export const ${constant} = write(${literal(constant)}`,
    options: [
      `summary: ${literal(`Calls ${service}.${operationName}`)}`,
      ...scopesText(scopes),
      `call: ${services.get(service)}.${operationName}`,
      of ? `of: ${of.constant}` : `screen: ${literal(name)}`,
      ...(of?.hasValidator ? ['ifMatch: true'] : []),
    ],
  });
}
