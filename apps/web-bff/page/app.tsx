import { useEffect, useState } from 'preact/hooks';
import { bff, chooseTenant, onExchange, type Session } from './api/bff.ts';
import { Dashboard } from './dashboard.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Retry interval in milliseconds if an answer has no Retry-After. */
const soonMs = 5_000;

/** Undefined until the session is loaded; null if nobody is logged in; `ended` after a 401 to any call. */
type Known = Session | 'ended' | null | undefined;

export function App() {
  const [session, setSession] = useState<Known>();
  const [unreachable, setUnreachable] = useState(false);
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const loadSession = async () => {
      clearTimeout(retry);
      const { data, response } = await bff.GET('/auth/session');
      // Only a 401 says that nobody is logged in; other errors say nothing about the session.
      const failed = !data && response.status !== 401;
      setUnreachable(failed);
      if (failed) {
        const seconds = Number(response.headers.get('retry-after'));
        retry = setTimeout(() => void loadSession(), seconds > 0 ? seconds * 1_000 : soonMs);
        return;
      }
      if (data) chooseTenant(data.tenant);
      setSession((known) => data ?? known ?? null);
    };
    // Loads the session again, because the back/forward cache may restore an outdated page.
    const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && void loadSession();
    addEventListener('pageshow', onPageShow);
    void loadSession();
    return () => {
      clearTimeout(retry);
      removeEventListener('pageshow', onPageShow);
    };
  }, []);
  // A session can end at any time, so a 401 to any call means that it has ended.
  useEffect(() => onExchange(({ status }) => status === 401 && setSession((known) => known && 'ended')), []);
  const user = session === 'ended' ? null : session;
  const choose = (tenant: string) => {
    chooseTenant(tenant);
    if (user) setSession({ ...user, tenant });
  };

  return (
    <>
      <header>
        <p class="brand">
          web-bff <span>one call per screen</span>
        </p>
        <div class="tools">
          <ThemeSwitch />
          {user && <Account session={user} onTenant={choose} onLoggedOut={() => setSession(null)} />}
        </div>
      </header>
      {session === undefined && (unreachable ? <Unreachable /> : <Unknown />)}
      {user === null && <Welcome ended={session === 'ended'} />}
      {user && <Dashboard key={user.tenant} />}
      <footer>
        <p>
          A demo of web-bff. Its API: <a href="/openapi.json">OpenAPI document</a>.
        </p>
      </footer>
    </>
  );
}

interface AccountProps {
  readonly session: Session;
  readonly onTenant: (tenant: string) => void;
  readonly onLoggedOut: () => void;
}

function Account({ session, onTenant, onLoggedOut }: AccountProps) {
  async function logOut() {
    const { data } = await bff.POST('/auth/logout');
    // Removes the user's data from the page before the back/forward cache stores the page.
    if (data) onLoggedOut();
    location.assign(data?.end_session_url ?? '/');
  }
  return (
    <>
      <span class="who">
        {session.sub} {!session.tenants && `· ${session.tenant}`}
      </span>
      {session.tenants && (
        <select
          aria-label="Tenant"
          value={session.tenant}
          onChange={({ currentTarget }) => onTenant(currentTarget.value)}
        >
          {session.tenants.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      )}
      <button type="button" class="quiet" onClick={() => void logOut()}>
        Log out
      </button>
    </>
  );
}

const Unknown = () => (
  <main aria-busy="true">
    <h1 class="hidden">One call per screen</h1>
  </main>
);

const Unreachable = () => (
  <main class="welcome">
    <h1>The service cannot be reached</h1>
    <p role="alert">Your login could not be checked. This page retries automatically; you stay logged in.</p>
  </main>
);

const Welcome = ({ ended }: { readonly ended: boolean }) => (
  <main class="welcome">
    {ended && <p role="alert">Your session has ended. Log in to continue.</p>}
    <h1>One page, five services, one answer</h1>
    <p>
      Log in, then break a service and watch: the page appears within two seconds and says what is missing,
      why, and which fallback it shows.
    </p>
    <p>
      <a class="button" href="/auth/login?return_to=/">
        Log in
      </a>
    </p>
    <p class="note">
      Users <b>alice</b>, <b>bob</b> (tenant acme) and <b>gina</b> (globex), password <b>demo</b>.
    </p>
  </main>
);
