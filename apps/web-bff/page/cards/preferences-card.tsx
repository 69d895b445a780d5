import { useCallback, useEffect, useState } from 'preact/hooks';
import { bff, type Preferences } from '../api/bff.ts';

const choices = { theme: ['light', 'dark', 'system'], language: ['de', 'en', 'ja', 'ar'] } as const;

interface Read {
  readonly preferences: Preferences;
  /** ETag of the shown view, which is sent as `If-Match` to prevent lost updates. */
  readonly etag: string;
}

/** Shows the preferences and changes them by a merge patch with `If-Match`. */
export function PreferencesCard() {
  const [read, setRead] = useState<Read>();
  const [patch, setPatch] = useState<Readonly<Record<string, unknown>>>({});
  const [news, setNews] = useState('');

  const load = useCallback(async (then = '') => {
    const { data, error, response } = await bff.GET('/api/preferences');
    const etag = response.headers.get('etag');
    setPatch({});
    setNews(data ? then : `Preferences cannot be shown: ${error?.title ?? 'no answer'}.`);
    setRead(data && etag ? { preferences: data, etag } : undefined);
  }, []);
  useEffect(() => void load(), [load]);

  async function save(event: Event) {
    event.preventDefault();
    if (!read) return;
    const { data, error, response } = await bff.PATCH('/api/preferences', {
      params: { header: { 'If-Match': read.etag } },
      body: patch,
    });
    if (response.status === 412)
      return load('Somebody else has changed them meanwhile. This is what they are now.');
    if (!data) return setNews(`Not saved: ${error?.title ?? 'no answer'}.`);
    setRead({ preferences: data, etag: response.headers.get('etag') ?? '' });
    setPatch({});
    setNews('Saved.');
  }

  const value = (name: string): unknown => patch[name] ?? read?.preferences[name];
  const change = (name: string, to: unknown) => setPatch({ ...patch, [name]: to });
  const visible = read && 'theme' in read.preferences;
  return (
    <section class="card" aria-labelledby="preferences">
      <h2 id="preferences">Preferences</h2>
      {read && !visible && <p class="note">Your tenant does not show them.</p>}
      {visible && (
        <form onSubmit={(event) => void save(event)}>
          {Object.entries(choices).map(([name, options]) => (
            <label key={name}>
              {name}
              <select
                value={String(value(name))}
                onChange={({ currentTarget }) => change(name, currentTarget.value)}
              >
                {options.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            </label>
          ))}
          <label class="check">
            <input
              type="checkbox"
              checked={value('newsletter') === true}
              onChange={({ currentTarget }) => change('newsletter', currentTarget.checked)}
            />
            newsletter
          </label>
          <button type="submit" disabled={Object.keys(patch).length === 0}>
            Save
          </button>
        </form>
      )}
      <p role="status" class="trouble">
        {news}
      </p>
    </section>
  );
}
