import { Pool } from 'undici';
import { upstreamUrl } from '../environment.ts';
import { pathOf } from './gather.ts';

const pool = new Pool(upstreamUrl, { connections: 256 });

/** Makes one upstream call as in undici's documentation. @throws {Error} when the status is not 200 */
export async function undiciRead(source: string, user: string, authorization?: string): Promise<unknown> {
  const { statusCode, body } = await pool.request({
    path: pathOf(source, user),
    method: 'GET',
    headers: authorization === undefined ? {} : { authorization },
  });
  if (statusCode === 200) return body.json();
  await body.dump();
  throw new Error(`${source} answered ${statusCode}`);
}
