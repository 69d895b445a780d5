import { inTurn, type WarmUpStep } from '@bff/service-kit';
import { jsonSchemaOf, sampleOf } from '@bff/upstream-clients';
import type { Tool } from '../declaration/tool.ts';

export interface ToolWarmUp {
  /** Path of the endpoint. */
  readonly path: string;
  /** Header fields that identify each client. Requests come from all of them in turn. */
  readonly clients: readonly Readonly<Record<string, string>>[];
}

/**
 * Returns one step per tool and one for `tools/list`, in the form of the 2025 revisions, which need
 * neither a version in the header fields nor `_meta` in the message.
 */
export function toolWarmUpSteps(tools: readonly Tool[], { path, clients }: ToolWarmUp): WarmUpStep[] {
  const nextClient = inTurn(clients);
  const step = (name: string, method: string, params: object): WarmUpStep => ({
    name,
    async run(send) {
      const { status } = await send({
        method: 'POST',
        path,
        headers: {
          ...nextClient(),
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
      if (status >= 500) throw new Error(`${name} answered ${status}`);
    },
  });
  return [
    step('tools/list', 'tools/list', {}),
    ...tools.map((tool) =>
      step(`tools/call ${tool.name}`, 'tools/call', {
        name: tool.name,
        arguments: sampleArguments(tool),
      }),
    ),
  ];
}

/**
 * Returns a sample for each required argument. A sample may violate rules that are not part of the schema, so
 * the warm-up accepts every status below 500.
 */
function sampleArguments({ input }: Tool): object {
  const required = Object.entries(input.shape).filter(
    ([, schema]) =>
      !(schema as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined).success,
  );
  return Object.fromEntries(
    required.map(([name, schema]) => [
      name,
      sampleOf(jsonSchemaOf(schema as Parameters<typeof jsonSchemaOf>[0])),
    ]),
  );
}
