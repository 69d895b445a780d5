import { Agent } from 'node:http';
import axios from 'axios';
import { upstreamUrl } from '../environment.ts';
import { pathOf } from './gather.ts';

const client = axios.create({
  baseURL: upstreamUrl,
  timeout: 2_000,
  httpAgent: new Agent({ keepAlive: true, maxSockets: 256 }),
});

/** Makes one upstream call with axios and a keep-alive agent. */
export async function axiosRead(source: string, user: string, authorization?: string): Promise<unknown> {
  const { data } = await client.get<unknown>(pathOf(source, user), {
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
  return data;
}
