import { expect, test } from '@jest/globals';
import * as registry from '@bff/services';
import { servicesOf } from '@bff/upstream-clients';
import { startSimulatedService } from '../../src/demo-service.ts';
import { genericService } from '../../src/generic/generic-service.ts';
import { call } from '../caller.ts';

/** The value of path parameters; no literal segment has this name. */
const parameter = 'sample-1';

test.each(servicesOf(registry).map((info) => [info.name, info] as const))(
  'the generic fake of a service answers every operation with a body that its response schema accepts: %s',
  async (name, info) => {
    const { audience } = info;
    const fake = await startSimulatedService({
      name: `${name}-service`,
      audience,
      service: genericService(info),
    });
    const wrong: string[] = [];
    for (const { method, path, response, name: operation } of Object.values(info.operations)) {
      const target = { name: audience, url: fake.url };
      const answer = await call(target, path.replaceAll(/\{\w+\}/g, parameter), {}, { method });
      const problem = response
        ? response.safeParse(answer.body).error?.message
        : answer.body && 'it has a body';
      if (answer.status !== (response ? 200 : 204) || problem)
        wrong.push(`${operation}: ${answer.status} ${problem}`);
    }
    await fake.close();
    expect(wrong).toEqual([]);
  },
);
