import { expect, test } from '@jest/globals';
import { createHttpServer, createInMemoryClient } from '@bff/service-kit';
import { readConfig } from '../../src/config.ts';
import { rehearse } from '../../src/wiring.ts';

const env = { PORT: '0', MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };

test('A9 the warm-up runs the screens in every content coding, unchanged (304) and as a patch (226)', async () => {
  const { listener, steps, close } = await rehearse(readConfig(env));
  const client = createInMemoryClient(createHttpServer(listener));
  const statuses = new Set<number>();
  const codings = new Set<string | undefined>();
  for (const step of steps)
    await step.run(async (request) => {
      const answer = await client.send(request);
      if (request.method === undefined) statuses.add(answer.status);
      codings.add(answer.headers['content-encoding']);
      return answer;
    });
  client.close();
  await close();
  expect([...statuses].sort()).toEqual([200, 226, 304]);
  expect([...codings].sort()).toEqual(['br', 'gzip', 'zstd', undefined]);
});
