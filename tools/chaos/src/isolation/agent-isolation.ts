import type { ToolCall } from '../broken-product.ts';
import { toolMessage } from '../load/agent-client.ts';
import { parse } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import { otherThan, tenants } from './bff-access.ts';
import { markerOf } from './planted-services.ts';

const { agent } = product.isolation;

/** The members of a tool result (Model Context Protocol) that are read. */
interface Result {
  readonly isError?: boolean;
  readonly structuredContent?: Readonly<Record<string, unknown>> & {
    readonly _meta: {
      readonly version?: string;
      readonly base?: string;
      readonly unchanged?: boolean;
      readonly confirm?: { readonly token: string };
    };
  };
}
type Message = ReturnType<typeof toolMessage>;

export interface AgentIsolation {
  /** Sends a message to the endpoint of agent-bff as a tenant, and records the answer. @returns its body */
  readonly send: (tenant: string, message: Message) => Promise<string>;
  /** Receives what was accepted although another tenant got it. */
  readonly crossed: string[];
}

/** Creates an agent that acts for the same user in both tenants, and calls every tool. */
export function createAgentIsolation({ send, crossed }: AgentIsolation) {
  let results = 0;
  async function call(tenant: string, tool: ToolCall, more: object = {}): Promise<Result> {
    const message = toolMessage({ ...tool, arguments: { ...tool.arguments, ...more } });
    const { result = {} } = (parse(await send(tenant, message)) ?? {}) as { readonly result?: Result };
    if (result.structuredContent) results += 1;
    return result;
  }
  const asBoth = <T>(work: (tenant: string) => Promise<T>): Promise<T[]> => Promise.all(tenants.map(work));
  const versionOf = ({ structuredContent }: Result): string => structuredContent?._meta.version ?? '';

  /** Calls every read with `fields` and `since`, as both tenants concurrently; then with the other's version. */
  async function readAll(): Promise<void> {
    for (const tool of agent.reads) {
      await asBoth((tenant) => call(tenant, tool));
      await asBoth((tenant) => call(tenant, tool, { fields: product.isolation.fields }));
      const first = await asBoth((tenant) => call(tenant, tool, { since: 'none' }));
      for (const [index, tenant] of tenants.entries()) {
        await call(tenant, tool, { since: versionOf(first[index] ?? {}) });
        const { structuredContent } = await call(tenant, tool, { since: versionOf(first[1 - index] ?? {}) });
        const { base, unchanged } = structuredContent?._meta ?? {};
        if (base !== undefined || unchanged)
          crossed.push(`${tool.name}: a result against the version of the other tenant`);
      }
    }
    const pages = await asBoth((tenant) => call(tenant, agent.page.call));
    for (const [index, tenant] of tenants.entries()) {
      const cursorOf = (at: number) => pages[at]?.structuredContent?.[agent.page.cursor];
      await call(tenant, agent.page.call, { cursor: cursorOf(index) });
      const { isError } = await call(tenant, agent.page.call, { cursor: cursorOf(1 - index) });
      if (!isError) crossed.push(`${agent.page.call.name}: a cursor of the other tenant`);
    }
  }

  /** Both tenants use the same idempotency keys: a stored result of one must not be replayed to the other. */
  async function writeAll(): Promise<void> {
    for (const tenant of tenants) {
      const [own, other] = [
        versionOf(await call(tenant, agent.document)),
        versionOf(await call(otherThan(tenant), agent.document)),
      ];
      const patch = { [product.isolation.document.patchMember]: markerOf(tenant) };
      const { isError } = await call(tenant, agent.change(other, patch), { idempotency_key: 'crossed' });
      if (!isError) crossed.push('a change with the version of the other tenant');
      await call(tenant, agent.change(own, patch), { idempotency_key: 'one key for both' });
      await call(tenant, agent.action);
    }
    const first = await asBoth((tenant) => call(tenant, agent.deletion));
    for (const [index, tenant] of tenants.entries()) {
      const confirm = first[1 - index]?.structuredContent?._meta.confirm?.token;
      const { isError } = await call(tenant, agent.deletion, { confirm });
      if (confirm === undefined || !isError) crossed.push('a confirmation of the other tenant');
      await call(tenant, agent.deletion, { confirm: first[index]?.structuredContent?._meta.confirm?.token });
      await call(tenant, agent.receipt, { idempotency_key: 'one key for both' });
    }
  }

  /** Calls every read, while services may fail, and a tool with an id that does not exist. */
  async function failAll(): Promise<void> {
    for (const tool of [...agent.reads, agent.unknown]) await asBoth((tenant) => call(tenant, tool));
  }

  return {
    readAll,
    writeAll,
    failAll,
    /** Returns the number of calls that succeeded. */
    results: () => results,
  };
}
