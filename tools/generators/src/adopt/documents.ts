import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { clientName } from '@bff/upstream-clients';
import { moduleNames, serviceSource } from '../source/service-source.ts';
import { readService } from '../service.ts';
import { checkName } from '../workspace/check-workspace.ts';
import { developmentPort } from '../workspace/development-port.ts';

/** A service described by a document. */
export interface AdoptedService {
  readonly name: string;
  readonly constant: string;
  readonly address: string;
  /** The document as given. */
  readonly document: string;
  /** Path of the document in the workspace. */
  readonly documentFile: string;
  readonly sha256: string;
  readonly source: string;
  /** Actions that scopes can grant: `read`, and `write` if the service has writes. */
  readonly actions: readonly ('read' | 'write')[];
  readonly notes: readonly string[];
}

/**
 * Reads the documents. The name of a file is the name of the service: `booking.yaml`.
 *
 * @throws {Error} when a name is taken or invalid, or a document describes no callable operation
 */
export async function readDocuments(
  files: readonly string[],
  taken: readonly string[],
): Promise<readonly AdoptedService[]> {
  if (files.length === 0) throw new Error('name at least one OpenAPI document with --openapi=a.yaml,b.yaml');
  const names = new Set(taken);
  const services: AdoptedService[] = [];
  for (const given of files) {
    const file = resolve(given);
    const name = basename(file, extname(file)).toLowerCase();
    checkName(name, () => names.has(name) || (moduleNames as readonly string[]).includes(name));
    names.add(name);
    services.push(await readOne(name, given, services));
  }
  return services;
}

async function readOne(
  name: string,
  given: string,
  others: readonly AdoptedService[],
): Promise<AdoptedService> {
  const file = resolve(given);
  const described = await readService(file);
  const constant = clientName(name);
  const address = `http://127.0.0.1:${developmentPort(name, others)}`;
  const { source, skipped, notes: sourceNotes } = serviceSource({ name, constant, address }, described);
  const notes = [
    ...described.notes,
    ...sourceNotes,
    ...[...described.skipped, ...skipped].map(({ request, reason }) => `skipped: ${request}: ${reason}`),
  ];
  if (source === '') throw new Error(`${given} has no operation to call\n  ${notes.join('\n  ')}`);
  const document = readFileSync(file, 'utf8');
  return {
    name,
    constant,
    address,
    document,
    documentFile: `libs/services/openapi/${name}${extname(file)}`,
    sha256: createHash('sha256').update(document).digest('hex'),
    source,
    actions: described.operations.some(({ method }) => method !== 'GET') ? ['read', 'write'] : ['read'],
    notes: notes.map((line) => `${name}: ${line}`),
  };
}
