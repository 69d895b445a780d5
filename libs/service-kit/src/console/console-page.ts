import { createHash } from 'node:crypto';
import { consoleScript } from './console-script.ts';
import { consoleStyle } from './console-style.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The console as one self-contained page. Its content security policy allows requests to `/console/data.json`
 * only.
 */
export const consolePage = {
  contentType: 'text/html; charset=utf-8',
  headers: {
    'Content-Security-Policy': `default-src 'none'; script-src ${hash(consoleScript)}; style-src ${hash(consoleStyle)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Console</title>
<style>${consoleStyle}</style>
</head>
<body>
<header>
  <h1 id="service">Console</h1>
  <p id="state" class="state" role="status">connecting</p>
  <p id="since" class="quiet"></p>
</header>
<main>
  <section aria-label="Now"><dl id="figures" class="figures"></dl></section>
  <section aria-labelledby="upstreams-title">
    <h2 id="upstreams-title">Upstreams <span class="quiet" id="span"></span></h2>
    <div id="upstreams" class="upstreams"></div>
  </section>
  <section aria-labelledby="degraded-title">
    <h2 id="degraded-title">Degraded answers <span class="quiet">the last 50 sources that answered from a fallback</span></h2>
    <table id="degraded">
      <thead><tr><th scope="col">time</th><th scope="col">screen</th><th scope="col">source</th><th scope="col">reason</th><th scope="col">fallback</th><th scope="col">tenant</th></tr></thead>
      <tbody></tbody>
    </table>
    <p id="none" class="quiet" hidden>None since the start.</p>
  </section>
</main>
<script>${consoleScript}</script>
</body>
</html>
`,
};
