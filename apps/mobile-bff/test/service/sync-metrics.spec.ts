import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createLogger, createMetrics } from '@bff/service-kit';
import { countReplacedArrays } from '../../src/sync-metrics.ts';

const request = (resource: string) => ({ resource }) as never;

test('arrays that a patch replaces completely are counted by screen, and outside production a warning is logged once for each', async () => {
  const lines: { readonly screen?: string; readonly array?: string }[] = [];
  const sink = new Writable({ write: (line, _, done) => (lines.push(JSON.parse(String(line))), done()) });
  const metrics = createMetrics('test', { ofProcess: false });
  const count = countReplacedArrays(metrics, createLogger('test', 'warn', sink));
  for (let i = 0; i < 3; i++) count(request('things?limit=20&cursor='), '/things/*/lines');
  count(request('thing/a'), '/lines');
  for (let i = 0; i < 1_000; i++) count(request('thing/a'), `/named-by-data-${i}`);
  expect(lines.slice(0, 2)).toMatchObject([
    { screen: 'things', array: '/things/*/lines' },
    { screen: 'thing', array: '/lines' },
  ]);
  expect(lines).toHaveLength(100);
  const { body: text } = await metrics.render();
  expect(text).toContain('bff_sync_replaced_arrays_total{screen="things",service="test"} 3');
  expect(text).toContain('bff_sync_replaced_arrays_total{screen="thing",service="test"} 1001');

  const silent = countReplacedArrays(createMetrics('test', { ofProcess: false }), undefined);
  silent(request('things'), '/things');
  expect(lines).toHaveLength(100);
});
