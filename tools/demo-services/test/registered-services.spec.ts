import { expect, test } from '@jest/globals';
import { fakes } from '../src/fakes/index.ts';
import { startDemoWorld } from '../src/index.ts';
import { registeredServices, simulatedService } from '../src/registered-services.ts';

test('every registered service is started, with its hand-written fake if there is one', async () => {
  const world = await startDemoWorld();
  expect(Object.keys(world.services).sort()).toEqual(registeredServices.map(({ client }) => client).sort());
  const handwritten = new Map<string, object>(Object.entries(fakes));
  for (const { name, service } of registeredServices)
    expect(service).toBe(handwritten.get(name.replace(/-service$/, '')) ?? service);
  await world.close();
});

test('a hand-written fake is found by name even when its service is not registered', () => {
  for (const name of Object.keys(fakes) as (keyof typeof fakes)[])
    expect(simulatedService(`${name}-service`).service).toBe(fakes[name]);
});

test('an unknown service name is rejected with a list of the known names', () => {
  expect(() => simulatedService('cart-service')).toThrow(
    `unknown service "cart-service"; the services are ${registeredServices.map(({ name }) => name).join(', ')}`,
  );
});
