import { expect, test } from '@jest/globals';
import { readSettings, serviceErrors, serviceSettings, SettingsError } from '../../src/index.ts';

const settings = serviceSettings({ port: 1, managementPort: 2 });

function errorsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(settings, env, (read) => serviceErrors(read, 2_000));
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.errors;
    throw error;
  }
}

test.each([
  ['MAX_IN_FLIGHT', '0', 'MAX_IN_FLIGHT must be at least 1'],
  ['MAX_IN_FLIGHT_PER_TENANT', '0', 'MAX_IN_FLIGHT_PER_TENANT must be at least 1'],
  ['MAX_IN_FLIGHT_PER_TENANT', '1001', 'MAX_IN_FLIGHT_PER_TENANT (1001) is above MAX_IN_FLIGHT (1000)'],
  ['MAX_IN_FLIGHT', '499', 'MAX_IN_FLIGHT_PER_TENANT (500) is above MAX_IN_FLIGHT (499)'],
  ['MAX_QUEUED', '0', 'MAX_QUEUED must be at least 1'],
  [
    'MAX_QUEUE_DELAY_MS',
    '1500',
    'MAX_QUEUE_DELAY_MS (1500) is not below 1500, three quarters of the shortest budget of a screen (2000)',
  ],
  ['MAX_QUEUE_DELAY_MS', '0', 'MAX_QUEUE_DELAY_MS must be at least 1'],
  ['MAX_QUEUE_DELAY_MS', '1.5', 'MAX_QUEUE_DELAY_MS must be a whole number'],
  ['REDIS_TIMEOUT_MS', '9', 'REDIS_TIMEOUT_MS must be at least 10'],
  ['HEADERS_TIMEOUT_MS', '30001', 'HEADERS_TIMEOUT_MS (30001) is longer than REQUEST_TIMEOUT_MS (30000)'],
])('the setting %s=%s is rejected at start with an error that says why', (name, value, error) => {
  expect(errorsOf({ [name]: value })).toEqual([expect.stringContaining(error)]);
});

test('the largest MAX_QUEUE_DELAY_MS with which a queue can count as overloaded is accepted', () => {
  expect(errorsOf({ MAX_QUEUE_DELAY_MS: '1499' })).toEqual([]);
});

test.each([
  [undefined, 1_000],
  [2_000, 1_000],
  [10_000, 1_000],
  [900, 450],
  [3, 1],
])(
  'A9 with a shortest budget of %p ms, a service starts without MAX_QUEUE_DELAY_MS, whose default is %p',
  (budgetMs, expected) => {
    const withBudget = serviceSettings({ port: 1, managementPort: 2, ...(budgetMs && { budgetMs }) });
    const values = readSettings(withBudget, {}, (read) => serviceErrors(read, budgetMs));
    expect(values.maxQueueDelayMs).toBe(expected);
  },
);

test('all invalid settings are reported at once', () => {
  const env = { MAX_IN_FLIGHT: '10', MAX_QUEUE_DELAY_MS: '0', HEADERS_TIMEOUT_MS: '40000' };
  expect(errorsOf(env)).toHaveLength(3);
});
