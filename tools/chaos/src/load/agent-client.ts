import { randomUUID } from 'node:crypto';
import type { Facts, ToolCall } from '../broken-product.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { ask, type Question } from './ask.ts';
import type { LoadClient } from './load-client.ts';
import { agentToken } from './tokens.ts';
import { replyOfTool } from './tool-reply.ts';

/** Revision of the Model Context Protocol. */
const revision = '2026-07-28';
const about = {
  'io.modelcontextprotocol/protocolVersion': revision,
  'io.modelcontextprotocol/clientInfo': { name: 'chaos', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Path of the endpoint. */
export const endpointPath = '/mcp';
/** URL of the endpoint, which is also the audience of its tokens. */
const endpointOf = ({ doors }: Pick<Fleet, 'doors'>): string => doors['agent-bff'].url + endpointPath;

/** Returns a tool call as a client of the current revision sends it, without address and credentials. */
export const toolMessage = (call: ToolCall) =>
  ({
    method: 'POST',
    headers: {
      Accept: 'application/json, text/event-stream',
      'Content-Type': 'application/json',
      'MCP-Protocol-Version': revision,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': call.name,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...call, _meta: about } }),
  }) satisfies Omit<Question, 'url'>;

/** Gets the token of an agent of this user. @returns header fields that authenticate it */
export async function authorizeAgent(fleet: Fleet, user: string): Promise<Record<string, string>> {
  const { scope } = product.agent;
  return { Authorization: await agentToken(fleet.idp, { user, audience: endpointOf(fleet), scope }) };
}

/** Creates an agent that reads and writes by tool calls. It has a token after `renew`. */
export async function createAgentClient(fleet: Fleet, facts: Facts): Promise<LoadClient> {
  const { screens, change, marks, mark } = product.agent;
  const credentials: Record<string, string> = {};
  const call = (tool: ToolCall): Question => {
    const { headers, ...message } = toolMessage(tool);
    return { ...message, url: endpointOf(fleet), headers: { ...headers, ...credentials } };
  };
  return {
    client: 'agent',
    bff: 'agent-bff',
    facts,
    credentials,
    screens: Object.keys(screens),
    read(screen) {
      const tool = screens[screen];
      if (tool === undefined) throw new TypeError(`agents have no tool for the screen ${screen}`);
      return call(tool);
    },
    change(etag, patch) {
      const tool = change(etag.slice(1, -1), patch);
      return call({ ...tool, arguments: { ...tool.arguments, idempotency_key: randomUUID() } });
    },
    readMarks: () => call(marks),
    // Without an idempotency key: the BFF creates one for equal calls.
    mark: (id) => call(mark(id)),
    send: async (question) => replyOfTool(await ask(question)),
    renew: async () => void Object.assign(credentials, await authorizeAgent(fleet, facts.user)),
  };
}
