/**
 * Script of the page. It reads the totals every two seconds and shows how they changed within the last
 * minute. It inserts data as text, never as markup, which prevents XSS.
 */
export const consoleScript = `
'use strict';
const every = 2000, kept = 31;
const samples = [];
const at = (id) => document.getElementById(id);
const percent = (part, whole) => whole > 0 ? (part / whole * 100).toFixed(part / whole < 0.1 && part > 0 ? 1 : 0) + ' %' : '–';
const time = (seconds) => seconds === undefined ? '–' : seconds < 1 ? Math.round(seconds * 1000) + ' ms' : seconds.toFixed(1) + ' s';
const bytes = (n) => n < 1024 ? n + ' B' : n < 1048576 ? (n / 1024).toFixed(1) + ' KB' : (n / 1048576).toFixed(1) + ' MB';
const rate = (n, ms) => (n * 1000 / ms).toFixed(n * 1000 / ms < 10 ? 1 : 0) + '/s';
const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
const pick = (counts, names) => names.reduce((all, name) => all + (counts[name] || 0), 0);
const less = (now, then) => Object.fromEntries(Object.entries(now).map(([name, n]) => [name, n - ((then || {})[name] || 0)]));
const bounds = (buckets) => Object.keys(buckets).sort((a, b) => Number(a.replace('+Inf', 'Infinity')) - Number(b.replace('+Inf', 'Infinity')));

/** Interpolates linearly within the bucket of the quantile, as Prometheus does. */
function quantile(buckets, share) {
  const names = bounds(buckets), all = buckets['+Inf'] || 0;
  if (all === 0) return undefined;
  let below = 0, from = 0;
  for (const name of names) {
    const upTo = buckets[name];
    if (upTo >= all * share && upTo > below)
      return name === '+Inf' ? from : from + (Number(name) - from) * (all * share - below) / (upTo - below);
    below = upTo;
    if (name !== '+Inf') from = Number(name);
  }
}

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function chart(label, columns) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 ' + Math.max(1, columns.length) * 10 + ' 40');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  const highest = Math.max(1e-9, ...columns.map(({ value, failed = 0 }) => value + failed));
  columns.forEach(({ value, failed = 0 }, i) => {
    let top = 40;
    for (const [height, kind] of [[failed, 'failed'], [value, '']]) {
      if (height <= 0) continue;
      const tall = Math.max(1, height / highest * 38);
      top -= tall;
      const bar = document.createElementNS(svg.namespaceURI, 'rect');
      for (const [name, n] of Object.entries({ x: i * 10 + 1, y: top, width: 8, height: tall })) bar.setAttribute(name, n);
      if (kind) bar.setAttribute('class', kind);
      svg.append(bar);
    }
  });
  return element('figure', '', svg, element('figcaption', '', label));
}

const failures = ['timeout', 'open', 'error', 'shed', 'bad-response'];
const hits = ['hit', 'renewed'];
const operation = (sample, { upstream, operation }) =>
  sample.upstreams.find((each) => each.upstream === upstream && each.operation === operation);

function upstreamCard(now, then, window) {
  const before = then && operation(then, now);
  const outcomes = less(now.outcomes, before && before.outcomes);
  const events = less(now.events, before && before.events);
  const buckets = less(now.buckets, before && before.buckets);
  const calls = sum(outcomes), failed = pick(outcomes, failures), cached = pick(events, hits);
  const asked = calls + cached;
  const names = bounds(buckets);
  const distribution = names.map((name, i) => ({ value: buckets[name] - (i > 0 ? buckets[names[i - 1]] : 0) }));
  const history = samples.slice(1).map((sample, i) => {
    const one = operation(sample, now), other = operation(samples[i], now);
    const delta = less(one ? one.outcomes : {}, other && other.outcomes), lost = pick(delta, failures);
    return { value: sum(delta) - lost, failed: lost };
  });
  const tone = { closed: 'good', open: 'bad', 'half-open': 'warn' }[now.breaker];
  const number = (label, value) => element('span', '', label + ' ', element('b', '', value));
  const title = element('h3', '', element('span', '', now.upstream + '.' + now.operation), element('span', 'state ' + tone, now.breaker));
  if (asked === 0 && now.breaker === 'closed')
    return element('article', 'upstream', title, element('p', 'quiet', 'no calls'));
  return element('article', 'upstream', title,
    element('div', 'charts',
      chart('calls, a minute', [...Array(Math.max(0, kept - 1 - history.length)).fill({ value: 0 }), ...history]),
      chart('latency, 1 ms to 5 s', distribution.length ? distribution : [{ value: 0 }])),
    element('div', 'numbers', number('calls', rate(calls, window)), number('p50', time(quantile(buckets, 0.5))),
      number('p95', time(quantile(buckets, 0.95))), number('failed', percent(failed, calls)), number('cached', percent(cached, asked)),
      number('stale', String(events.stale || 0))));
}

function show(now) {
  const then = samples.length > 1 ? samples[0] : undefined;
  const window = then ? now.at - then.at : Math.max(1, now.at - now.startedAt);
  const requests = { statuses: less(now.requests.statuses, then && then.requests.statuses), buckets: less(now.requests.buckets, then && then.requests.buckets) };
  const answered = sum(requests.statuses), degraded = now.degraded - (then ? then.degraded : 0);
  const outcomes = now.upstreams.map((each) => less(each.outcomes, then && (operation(then, each) || {}).outcomes));
  const events = now.upstreams.map((each) => less(each.events, then && (operation(then, each) || {}).events));
  const calls = outcomes.reduce((all, each) => all + sum(each), 0), cached = events.reduce((all, each) => all + pick(each, hits), 0);
  const open = now.upstreams.filter(({ breaker }) => breaker !== 'closed');
  const gone = Object.entries(now.dependencies).filter(([, up]) => up !== 1).map(([name]) => name);

  document.title = (gone.length || open.length ? '● ' : '') + now.service + ' console';
  at('service').textContent = now.service;
  at('since').textContent = 'version ' + now.version + ', up since ' + new Date(now.startedAt).toLocaleString();
  at('span').textContent = then ? 'the last ' + Math.round(window / 1000) + ' seconds' : 'since the start';
  const [tone, word] = gone.length ? ['bad', gone.join(', ') + ' is gone'] : open.length ? ['bad', open.length + (open.length > 1 ? ' breakers open' : ' breaker open')] : degraded > 0 ? ['warn', 'answers degraded'] : ['good', 'healthy'];
  at('state').className = 'state ' + tone;
  at('state').textContent = word;

  const { answers, sentBytes, savedBytes } = now.sync, synced = sum(answers);
  const limited = sum(now.limits), shed = sum(now.shed);
  const figures = [
    ['requests', rate(answered, window), now.inFlight + ' in flight'],
    ['p95', time(quantile(requests.buckets, 0.95)), 'p50 ' + time(quantile(requests.buckets, 0.5))],
    ['failed', percent(requests.statuses['5xx'] || 0, answered), shed + ' shed since start'],
    ['degraded', percent(Math.min(degraded, answered), answered), now.degraded + ' sources since start'],
    ['upstream calls', rate(calls, window), percent(cached, calls + cached) + ' from cache'],
    ['sessions', String(now.sessions.created || 0), (now.sessions.ended || 0) + ' ended, since start'],
    ...(limited ? [['limited', percent(now.limits.refused || 0, limited), limited + ' counted since start']] : []),
    ...(synced ? [['sync saved', percent(savedBytes, savedBytes + sentBytes), bytes(savedBytes) + ' since start']] : []),
  ];
  at('figures').replaceChildren(...figures.map(([name, value, more]) =>
    element('div', '', element('dt', '', name), element('dd', '', value, element('small', '', more)))));
  const weight = ({ breaker, outcomes }) => breaker !== 'closed' ? 0 : sum(outcomes) > 0 ? 1 : 2;
  at('upstreams').replaceChildren(...now.upstreams.toSorted((a, b) => weight(a) - weight(b)).map((each) => upstreamCard(each, then, window)));
  at('degraded').tBodies[0].replaceChildren(...now.recent.map((each) => element('tr', '',
    ...[new Date(each.at).toLocaleTimeString(), each.screen, each.source, each.reason,
      each.fallback + (each.age_ms === undefined ? '' : ', ' + time(each.age_ms / 1000) + ' old'), each.tenant].map((text) => element('td', '', text)))));
  at('degraded').hidden = now.recent.length === 0;
  at('none').hidden = now.recent.length > 0;
}

async function read() {
  try {
    const answer = await fetch('/console/data.json', { cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (samples.length && samples[0].startedAt !== now.startedAt) samples.length = 0;
    samples.push(now);
    if (samples.length > kept) samples.shift();
    show(now);
  } catch {
    at('state').className = 'state bad';
    at('state').textContent = 'no answer';
  }
  setTimeout(read, every);
}
void read();
`;
