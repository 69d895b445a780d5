import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLogger } from '@bff/service-kit';
import { InvalidTenantDirectory, loadTenantDirectory, type LiveTenantDirectory } from '../../src/index.ts';
import { someTenant, thrownBy } from '../some-tenants.ts';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly errors?: readonly string[];
  readonly more?: number;
}

let folder: string;
let file: string;
let directory: LiveTenantDirectory | undefined;
let lines: Line[];
let written: EventEmitter;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenants-'));
  file = join(folder, 'tenants.json');
  lines = [];
  written = new EventEmitter();
});
afterEach(() => {
  directory?.close();
  directory = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const log = createLogger('test', 'info', {
  write(text: string) {
    lines.push(JSON.parse(text));
    written.emit('line');
  },
});

const named = (name: string): string => JSON.stringify({ tenants: [someTenant('t1', { name })] });
const nextLine = () => once(written, 'line', { signal: AbortSignal.timeout(4_000) });

/** Starts with a file that has one tenant, called `first`. */
function load(): LiveTenantDirectory {
  writeFileSync(file, named('first'));
  directory = loadTenantDirectory(file, { log });
  return directory;
}

describe('T2 a change of the file takes effect without a restart', () => {
  test.each<[string, () => void]>([
    ['is written in place', () => writeFileSync(file, named('second'))],
    [
      'is replaced by rename, as editors do',
      () => {
        writeFileSync(`${file}~`, named('second'));
        renameSync(`${file}~`, file);
      },
    ],
    [
      'is replaced together with its folder, as deployments do',
      () => {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        writeFileSync(file, named('second'));
      },
    ],
  ])('the tenant directory is reloaded when its file %s', async (_title, change) => {
    const live = load();
    const before = live.version;
    expect(live.find('t1')?.name).toBe('first');
    change();
    await nextLine();
    expect(live.find('t1')?.name).toBe('second');
    expect(live.version).not.toBe(before);
    expect(lines).toMatchObject([{ level: 'info', msg: 'tenant directory reloaded', version: live.version }]);
  });

  test('the tenant directory is reloaded when a link to the folder of its file is replaced, as for a Kubernetes ConfigMap', async () => {
    for (const name of ['first', 'second']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'tenants.json'), named(name));
    }
    symlinkSync('first', join(folder, 'data'));
    symlinkSync(join('data', 'tenants.json'), file);
    directory = loadTenantDirectory(file, { log });
    symlinkSync('second', join(folder, 'data~'));
    renameSync(join(folder, 'data~'), join(folder, 'data'));
    await nextLine();
    expect(directory.find('t1')?.name).toBe('second');
  });
});

describe('the first poll, soon after the start', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('the first poll finds a change that was made while the tenant file was read', () => {
    const live = load();
    writeFileSync(file, named('second'));
    jest.advanceTimersByTime(100);
    expect(live.find('t1')?.name).toBe('second');
  });

  test('when the tenant file is unchanged, the first poll keeps the tenants and logs nothing', () => {
    const live = load();
    const tenant = live.find('t1');
    jest.advanceTimersByTime(100);
    expect(live.find('t1')).toBe(tenant);
    expect(lines).toEqual([]);
  });

  test('after the tenant directory was closed, a change of the file is ignored and no timer remains', () => {
    const live = load();
    live.close();
    writeFileSync(file, named('second'));
    jest.advanceTimersByTime(100);
    expect(live.find('t1')?.name).toBe('first');
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('an invalid file', () => {
  test('an invalid tenant file leaves the former directory in force and is logged in one line with its errors, and a valid file is applied afterwards', async () => {
    const live = load();
    const { version } = live;
    writeFileSync(file, JSON.stringify({ tenants: [{ ...someTenant('t1'), status: 'gone', name: '' }] }));
    await nextLine();
    expect(live.find('t1')?.name).toBe('first');
    expect(live.version).toBe(version);

    writeFileSync(file, '{ "tenants": [\n  oops');
    await nextLine();
    expect(live.find('t1')?.name).toBe('first');

    rmSync(file);
    await nextLine();
    expect(live.find('t1')?.name).toBe('first');

    writeFileSync(file, named('mended'));
    await nextLine();
    expect(live.find('t1')?.name).toBe('mended');
    const refused = {
      level: 'error',
      msg: 'tenant file is invalid: the previous directory stays in force',
      file,
    };
    expect(lines).toMatchObject([
      {
        ...refused,
        errors: ['tenants[0].name: ', 'tenants[0].status: '].map((at) => expect.stringContaining(at)),
      },
      { ...refused, errors: [expect.stringContaining('JSON')] },
      { ...refused, errors: [expect.stringContaining('ENOENT')] },
      { level: 'info' },
    ]);
  });

  test('thousands of errors in a tenant file are logged in one line with the first 20 errors and the number of the others', async () => {
    load();
    const tenants = Array.from({ length: 5_000 }, (_, index) => someTenant(`t-${index}`, { name: '' }));
    writeFileSync(file, JSON.stringify({ tenants }));
    await nextLine();
    expect(lines).toMatchObject([{ level: 'error', more: 4_980 }]);
    expect(lines[0]?.errors).toHaveLength(20);
  });

  test.each([
    ['missing', undefined, /cannot be read: ENOENT/],
    ['empty', '', /JSON/],
    ['not JSON', '{ "tenants": [\n  oops', /JSON/],
    ['not a tenant directory', '{}', /tenants: Invalid input/],
  ])('at the start, a tenant file that is %s is rejected', (_title, content, message) => {
    if (content !== undefined) writeFileSync(file, content);
    const error = thrownBy(() => loadTenantDirectory(file, { log }));
    expect(error).toBeInstanceOf(InvalidTenantDirectory);
    expect((error as InvalidTenantDirectory).errors).toEqual([expect.stringMatching(message)]);
  });
});
