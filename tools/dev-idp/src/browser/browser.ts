/** The page that a browser shows after following redirects. */
export interface Page {
  /** The address that answered. */
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** Target of the last redirect if it is another origin; it was not followed. */
  readonly leavesTo?: string;
}

/**
 * The parts of a browser that a login needs: cookies, redirects within one origin, and the first form of a
 * page. Runs no scripts.
 */
export interface Browser {
  open(url: string): Promise<Page>;
  /**
   * Submits the form of a page with its own values, overridden by `fields`. @throws {Error} when the page has
   * no form
   */
  submit(page: Page, fields?: Readonly<Record<string, string>>): Promise<Page>;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Host name without the port, because cookies are not isolated by port (RFC 6265, section 8.5). */
  readonly host: string;
  readonly path: string;
}

const maxRedirects = 10;

export function createBrowser(): Browser {
  const jar = new Map<string, Cookie>();

  function cookiesFor({ hostname, pathname }: URL): string {
    return [...jar.values()]
      .filter(({ host, path }) => host === hostname && covers(path, pathname))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  function keep({ hostname }: URL, header: string): void {
    const [pair = '', ...attributes] = header.split(/;\s*/);
    const [name = '', ...value] = pair.split('=');
    const attribute = (wanted: string): string | undefined =>
      attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const cookie = { name, value: value.join('='), host: hostname, path: attribute('path') ?? '/' };
    const key = [name, hostname, cookie.path].join(' ');
    // An expiry date in the past may result from the provider's shifted clock; only the year 1970 means
    // "delete".
    const isDeleted = Date.parse(attribute('expires') ?? '') <= 0 || attribute('max-age') === '0';
    if (isDeleted) jar.delete(key);
    else jar.set(key, cookie);
  }

  async function walk(start: URL, form?: URLSearchParams): Promise<Page> {
    let url = start;
    let body = form;
    for (let step = 0; step < maxRedirects; step++) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        body,
        redirect: 'manual',
        headers: { Accept: 'text/html', Cookie: cookiesFor(url) },
      });
      for (const header of response.headers.getSetCookie()) keep(url, header);
      const page = { url: url.href, status: response.status, html: await response.text() };
      const location = response.headers.get('location');
      if (location === null) return page;
      const next = new URL(location, url);
      if (next.origin !== start.origin) return { ...page, leavesTo: next.href };
      url = next;
      body = undefined;
    }
    throw new Error(`more than ${maxRedirects} redirects from ${start.href}`);
  }

  return {
    open: (url) => walk(new URL(url)),
    async submit(page, fields = {}) {
      const form = /<form\b([^>]*)>(.*?)<\/form>/s.exec(page.html);
      if (!form) throw new Error(`no form on the page at ${page.url} (status ${page.status})`);
      const values = new URLSearchParams();
      for (const [tag] of (form[2] ?? '').matchAll(/<input\b[^>]*>/gs)) {
        const name = attributeOf(tag, 'name');
        if (name !== undefined) values.set(name, attributeOf(tag, 'value') ?? '');
      }
      for (const [name, value] of Object.entries(fields)) values.set(name, value);
      return walk(new URL(attributeOf(form[1] ?? '', 'action') ?? page.url, page.url), values);
    },
  };
}

/** Returns whether a cookie path matches a request path (RFC 6265, section 5.1.4). */
function covers(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
