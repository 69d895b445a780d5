import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { flatten, parseFields, selectFields, unflatten, type JsonObject } from '@bff/shaping';
import { describe, expect, test } from '@jest/globals';
import { claim } from '../src/sizes/null-savings.ts';
import { product } from '../src/product.ts';
import { asks, type Ask, type ScreenFigures, type SizesReport } from '../src/sizes/report.ts';
import { sizesChart } from '../src/sizes/sizes-chart.ts';
import { withFigures } from '../src/sizes/sizes-page.ts';
import { answerTo } from '../src/sizes/sizes-tables.ts';

const { clients, degraded } = product;
const docs = resolve(import.meta.dirname, '../../../docs');
const read = (name: string): string => readFileSync(resolve(docs, name), 'utf8');
const page = read('shaping.md');
const report = JSON.parse(read('shaping-sizes.json')) as SizesReport;
const answer = (figures: ScreenFigures, ask: Ask) => answerTo(figures, ask)!;

/** Returns the cells in backticks of the rows between two markers. */
function examples(name: string): string[][] {
  const [, text = ''] = page.split(new RegExp(`<!-- /?examples:${name} -->`));
  const rows = text.split('\n').map((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, cell = '']) => cell));
  return rows.filter(({ length }) => length > 1);
}

describe('the committed page about shaping', () => {
  test('the page about shaping and its chart equal the rendering of the committed figures', () => {
    expect(withFigures(page, report)).toBe(page);
    expect(sizesChart(report)).toBe(read('shaping-sizes.svg'));
  });

  test('rendering the page about shaping inserts a changed number of the report, and throws without the markers of the tables', () => {
    const changed = JSON.parse(JSON.stringify(report)) as { screens: { upstream: { bytes: number } }[] };
    changed.screens[0]!.upstream.bytes = 987_654;
    expect(withFigures(page, changed as unknown as SizesReport)).toContain('987,654');
    expect(() => withFigures('# no markers', report)).toThrow('lacks the marker');
  });

  test('the page about shaping links only to existing files', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(3);
    expect(targets.filter((target) => !existsSync(resolve(docs, target)))).toEqual([]);
  });

  const selections = examples('selection');
  test.each(selections)(
    'H2 in the view %s, the selection fields=%s yields %s',
    (view = '', fields = '', selected = '') => {
      expect(JSON.stringify(selectFields(JSON.parse(view), parseFields(fields)))).toBe(selected);
    },
  );

  const flats = examples('flat');
  test.each(flats)(
    'H4 the nested form %s and the flat form %s convert into each other',
    (nested = '', flat = '') => {
      expect(flatten(JSON.parse(nested) as JsonObject)).toEqual(JSON.parse(flat));
      expect(unflatten(JSON.parse(flat))).toEqual(JSON.parse(nested));
    },
  );

  test('the page about shaping contains six examples of selections and three of flat forms', () => {
    expect([selections.length, flats.length]).toEqual([6, 3]);
  });
});

describe('the figures support the sentences of the page:', () => {
  const { screens } = report;
  const named = (figures: ScreenFigures): string => `${figures.client} ${figures.screen}`;
  const where = (holds: (figures: ScreenFigures) => boolean): string[] => screens.filter(holds).map(named);

  test('every screen of every client was requested in every variant', () => {
    const expected = clients.flatMap(({ name, screens: own, hasFlat }) =>
      Object.keys(own).flatMap((screen) =>
        asks.filter((ask) => hasFlat || ask !== 'flat').map((ask) => `${name} ${screen} ${ask}`),
      ),
    );
    expect(screens.flatMap((each) => each.answers.map(({ ask }) => `${named(each)} ${ask}`))).toEqual(
      expected,
    );
  });

  test('every screen called a service, and every selection by fields= yielded at least one member', () => {
    expect(where(({ upstream }) => upstream.calls === 0 || upstream.bytes === 0)).toEqual([]);
    const emptyBytes = '{"_meta":{"etag":"123456789012345678901234","complete":true,"degraded":[]}}'.length;
    expect(where((each) => answer(each, 'fields').bodyBytes <= emptyBytes)).toEqual([]);
  });

  test('HEAD and 304 have no content, and HEAD has the header section of GET', () => {
    expect(
      where((each) => answer(each, 'HEAD').bodyBytes + answer(each, 'If-None-Match').bodyBytes > 0),
    ).toEqual([]);
    expect(where((each) => answer(each, 'HEAD').headBytes !== answer(each, 'identity').headBytes)).toEqual(
      [],
    );
    expect(where((each) => answer(each, 'If-None-Match').status !== 304)).toEqual([]);
  });

  test('H6 every answer varies by coding and may be stored only by the client', () => {
    const answers = screens.flatMap((each) => each.answers);
    expect(new Set(answers.map(({ vary, cacheControl }) => `${vary}; ${cacheControl}`))).toEqual(
      new Set(['Accept-Encoding; private, no-cache']),
    );
  });

  test('only bodies above 1,024 bytes are coded, and of the codings br is the shortest, and zstd the longest and preferred', () => {
    const coded = screens.filter((each) => answer(each, 'gzip').contentEncoding !== null);
    expect(coded.map(named)).toEqual(where((each) => answer(each, 'identity').bodyBytes > 1_024));
    for (const each of coded) {
      const [br, gzip, zstd] = (['br', 'gzip', 'zstd'] as const).map((ask) => answer(each, ask).bodyBytes);
      expect([br, gzip, zstd]).toEqual([br, gzip, zstd].toSorted((a = 0, b = 0) => a - b));
      expect(answer(each, 'browser')).toMatchObject({ contentEncoding: 'zstd', bodyBytes: zstd });
    }
  });

  test('H3 answers of mobile contain no nulls, and the flat form of an answer is longer than the nested form', () => {
    const hasNulls = ({ nulls }: ScreenFigures): boolean => nulls.kept.bytes !== nulls.stripped.bytes;
    expect(where((each) => each.client === 'mobile' && hasNulls(each))).toEqual([]);
    expect(
      where((each) => (answerTo(each, 'flat')?.bodyBytes ?? Infinity) <= answer(each, 'identity').bodyBytes),
    ).toEqual([]);
  });

  test('H7 a degraded answer has no ETag and no-store, and the next complete answer has the usual header fields', () => {
    expect(report.degraded.map(({ client }) => client)).toEqual(clients.map(({ name }) => name));
    for (const { during, after } of report.degraded) {
      expect(during).toMatchObject({ status: 200, etag: null, cacheControl: 'no-store' });
      expect(during.degraded).toMatch(new RegExp(`^${degraded.source};`));
      expect(after).toMatchObject({ etag: '"<token>"', cacheControl: 'private, no-cache', degraded: null });
    }
  });

  test('the upper quartiles of the bytes saved by null stripping are below the claimed minimum', () => {
    for (const { savedPercent, savedGzipPercent } of report.payloads)
      expect(Math.max(savedPercent.upperQuartile, savedGzipPercent.upperQuartile)).toBeLessThan(claim.from);
  });
});

describe('the chart of sizes', () => {
  const svg = sizesChart(report);
  const attribute = (tag: string, name: string): number =>
    Number(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? 0);

  test('the chart of sizes is well-formed XML: every element is closed and every text is escaped', () => {
    const openTags: string[] = [];
    const text = svg.replaceAll(
      /<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*")*)(\/?)>/g,
      (_, closing, name, __, empty) => {
        if (closing) expect(openTags.pop()).toBe(name);
        else if (!empty) openTags.push(name as string);
        return '';
      },
    );
    expect(openTags).toEqual([]);
    expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
  });

  test('the chart of sizes has a bar for each screen and variant, within the drawing and with the height of its figure', () => {
    const bars = svg.match(/<rect[^>]*><title>[^<]*/g) ?? [];
    expect(bars).toHaveLength(report.screens.length * 6);
    const [, width = 0, height = 0] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? [];
    const marks = [...svg.matchAll(/text-anchor="end">([\d,]+)</g)].map(([, mark = '']) =>
      Number(mark.replaceAll(',', '')),
    );
    const top = Math.max(...marks);
    const off = bars.map((bar) => {
      expect(attribute(bar, 'x') + attribute(bar, 'width')).toBeLessThanOrEqual(width);
      expect(attribute(bar, 'y') + attribute(bar, 'height')).toBeLessThanOrEqual(height);
      const bytes = Number(/([\d,]+) bytes/.exec(bar)?.[1]?.replaceAll(',', ''));
      return attribute(bar, 'height') - (150 * bytes) / top;
    });
    expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(0.5);
  });

  test('the chart of sizes escapes markup in names', () => {
    const hostile = { ...report, user: '<b> & "c"' };
    expect(sizesChart(hostile)).toContain('&lt;b&gt; &amp; &quot;c&quot;');
    expect(sizesChart(hostile)).not.toContain('<b>');
  });
});
