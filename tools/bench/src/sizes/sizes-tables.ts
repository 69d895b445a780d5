import { markdownTable, type Column } from '../report/markdown-table.ts';
import { claim, savedPercent } from './null-savings.ts';
import { grouped, percent } from '../report/numbers.ts';
import { product } from '../product.ts';
import {
  asks,
  type AnswerFigures,
  type Ask,
  type ScreenFigures,
  type SizesReport,
  type Spread,
} from './report.ts';

const left = (title: string): Column => ({ title });
const right = (title: string): Column => ({ title, align: 'right' });
const code = (text: string | null): string => (text === null ? 'none' : `\`${text}\``);

export const answerTo = ({ answers }: ScreenFigures, ask: Ask): AnswerFigures | undefined =>
  answers.find((answer) => answer.ask === ask);

/** Returns a table of content bytes, with one row per screen and client. */
export function screenTable({ screens }: SizesReport): string {
  const columns = [
    ...['client', 'screen'].map(left),
    ...[
      'calls',
      'upstream',
      '200',
      'no nulls',
      '`fields=`',
      '`shape=flat`',
      'gzip',
      'br',
      'zstd',
      'HEAD',
      '304',
      '304 head',
    ].map(right),
  ];
  const rows = screens.map((figures) => {
    const body = (ask: Ask): string => {
      const answer = answerTo(figures, ask);
      return answer === undefined ? '–' : grouped(answer.bodyBytes);
    };
    return [
      figures.client,
      figures.screen,
      String(figures.upstream.calls),
      grouped(figures.upstream.bytes),
      body('identity'),
      grouped(figures.nulls.stripped.bytes),
      ...(['fields', 'flat', 'gzip', 'br', 'zstd', 'HEAD', 'If-None-Match'] as const).map(body),
      grouped(answerTo(figures, 'If-None-Match')?.headBytes ?? 0),
    ];
  });
  return markdownTable(columns, rows);
}

/** Returns a table of the measured paths and values of `fields=`. */
export function addressTable({ screens }: SizesReport): string {
  const rows = screens.map(({ client, screen, path, fields }) => [client, screen, code(path), code(fields)]);
  return markdownTable(['client', 'screen', 'address', '`fields=`'].map(left), rows);
}

const asked: Readonly<Record<Ask, string>> = {
  identity: 'GET',
  gzip: '`Accept-Encoding: gzip`',
  br: '`Accept-Encoding: br`',
  zstd: '`Accept-Encoding: zstd`',
  browser: '`Accept-Encoding: gzip, deflate, br, zstd`',
  fields: '`?fields=`',
  flat: '`?shape=flat`',
  HEAD: 'HEAD',
  'If-None-Match': '`If-None-Match`',
};

/** Returns a table of status and header fields, with one row for all variants whose values are equal. */
export function headerTable({ screens }: SizesReport): string {
  const answers = screens.flatMap((figures) =>
    figures.answers.map((answer) => ({ answer, bytes: answerTo(figures, 'identity')?.bodyBytes ?? 0 })),
  );
  const rows = asks.flatMap((ask) => {
    const those = answers.filter(({ answer }) => answer.ask === ask);
    const alike = Map.groupBy(those, ({ answer }) =>
      [
        answer.status,
        ...[answer.etag, answer.contentEncoding, answer.vary, answer.cacheControl].map(code),
      ].join('\n'),
    );
    return [...alike].map(([headers, group]) => [
      asked[ask],
      ...headers.split('\n'),
      range(group.map(({ answer }) => answer.headBytes)),
      String(group.length),
      range(group.map(({ bytes }) => bytes)),
    ]);
  });
  const columns = ['request', 'status', 'ETag', 'Content-Encoding', 'Vary', 'Cache-Control'].map(left);
  return markdownTable([...columns, ...['head', 'screens', 'GET body size'].map(right)], rows);
}

const range = (values: readonly number[]): string =>
  `${grouped(Math.min(...values))}–${grouped(Math.max(...values))}`;

/** Returns a table of possible savings by null stripping. Omits mobile, whose answers contain no nulls. */
export function nullTable({ screens }: SizesReport): string {
  const rows = screens
    .filter(({ client }) => client !== 'mobile')
    .map(({ client, screen, nulls: { kept, stripped } }) => [
      client,
      screen,
      ...saving(kept.bytes, stripped.bytes),
      ...saving(kept.gzipBytes, stripped.gzipBytes),
    ]);
  const columns = ['with nulls', 'without', 'saved', 'gzip', 'without', 'saved'].map(right);
  return markdownTable([left('client'), left('screen'), ...columns], rows);
}

const saving = (before: number, after: number): string[] => [
  grouped(before),
  grouped(after),
  percent(savedPercent(before, after)),
];

/** Returns a table of savings by null stripping over many payloads, most of them from third parties. */
export function payloadTable({ payloads }: SizesReport): string {
  const rows = payloads.flatMap((figures) => {
    const row = (coding: string, spread: Spread, together: number, asClaimed: number): string[] => [
      figures.of,
      coding,
      ...[spread.least, spread.lowerQuartile, spread.median, spread.upperQuartile, spread.most, together].map(
        percent,
      ),
      `${asClaimed} of ${figures.payloads}`,
    ];
    const { bytes, strippedBytes, gzipBytes, strippedGzipBytes } = figures;
    return [
      row('none', figures.savedPercent, savedPercent(bytes, strippedBytes), figures.asClaimed),
      row(
        'gzip',
        figures.savedGzipPercent,
        savedPercent(gzipBytes, strippedGzipBytes),
        figures.asClaimedGzip,
      ),
    ];
  });
  const titles = [
    'least',
    'lower quartile',
    'median',
    'upper quartile',
    'most',
    'all together',
    `${claim.from} % or more`,
  ];
  return markdownTable([left('payloads'), left('coding'), ...titles.map(right)], rows);
}

/** Returns a table with a row for each degraded answer, and one for the first complete answer afterwards. */
export function degradedTable({ degraded }: SizesReport): string {
  const rows = degraded.flatMap(({ client, path, during, after }) =>
    (
      [
        [`${product.degraded.service}-service fails`, during],
        ['it has recovered', after],
      ] as const
    ).map(([when, answer]) => [
      client,
      code(path),
      when,
      String(answer.status),
      code(answer.etag),
      code(answer.cacheControl),
      code(answer.degraded),
    ]),
  );
  return markdownTable(
    ['client', 'address', 'when', 'status', 'ETag', 'Cache-Control', 'BFF-Degraded'].map(left),
    rows,
  );
}
