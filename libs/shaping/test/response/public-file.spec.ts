import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import express from 'express';
import { publicFile } from '../../src/response/public-file.ts';
import { decoded, serve } from '../wire/http-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'public-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file is read and coded once per coding, and a failed read is repeated', async () => {
  const file = join(folder, 'thing.js');
  writeFileSync(file, 'first');
  const handler = publicFile('text/javascript', file);
  const world = await serve(express().get('/thing.js', handler));
  const get = (coding: string) =>
    world.exchange({ path: '/thing.js', headers: { 'accept-encoding': coding } });
  rmSync(file);
  expect((await get('br')).status).toBe(500);
  writeFileSync(file, 'first');
  expect(decoded(await get('br'))).toBe('first');
  writeFileSync(file, 'second');
  expect(decoded(await get('br'))).toBe('first');
  await world.close();
});

test('a file that does not exist is reported when the app is built', () => {
  expect(() => publicFile('text/javascript', join(folder, 'none.js'))).toThrow(/ENOENT.*none\.js/);
});
