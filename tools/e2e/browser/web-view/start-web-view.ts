import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface WebView {
  /**
   * Origin of the app's page. On a phone it is `capacitor://localhost` or `https://localhost`, which Chromium
   * cannot load.
   */
  readonly app: string;
  /** Another origin that serves the same page. */
  readonly stranger: string;
  /** Loopback redirect URI (RFC 8252, section 7.3), at which the system browser hands the code to the app. */
  readonly redirectUri: string;
  close(): void;
}

/** Serves the page of the app, as the scheme handler of a web view does. */
export async function startWebView(): Promise<WebView> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'app.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer(({ url }, response) =>
    url === '/app.js'
      ? response.setHeader('Content-Type', 'text/javascript').end(script)
      : response
          .setHeader('Content-Type', 'text/html')
          .end('<!doctype html><title>App</title><script src="/app.js"></script>'),
  ).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    app: `http://localhost:${port}`,
    stranger: `http://127.0.0.1:${port}`,
    redirectUri: `http://127.0.0.1:${port}/callback`,
    close: () => void (server.close(), server.closeAllConnections()),
  };
}
