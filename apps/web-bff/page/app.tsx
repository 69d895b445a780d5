import { useCallback, useEffect, useState } from 'preact/hooks';
import { bff, chooseTenant, type Session } from './bff.ts';
import { Dashboard } from './dashboard.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** undefined: not known yet; null: nobody. */
type Known = Session | null | undefined;

export function App() {
  const [session, setSession] = useState<Known>();
  const leave = useCallback(() => setSession(null), []);
  useEffect(() => {
    void bff.GET('/auth/session').then(({ data }) => {
      if (data) chooseTenant(data.tenant);
      setSession(data ?? null);
    });
  }, []);
  const choose = (tenant: string) => {
    chooseTenant(tenant);
    setSession(session && { ...session, tenant });
  };

  return (
    <>
      <header>
        <p class="brand">
          web-bff <span>one call per screen</span>
        </p>
        <div class="tools">
          <ThemeSwitch />
          {session && <Account session={session} onTenant={choose} />}
        </div>
      </header>
      {session === undefined && (
        <main aria-busy="true">
          <h1 class="hidden">One call per screen</h1>
        </main>
      )}
      {session === null && <Welcome />}
      {session && <Dashboard key={session.tenant} onLoggedOut={leave} />}
      <footer>
        <p>
          A demo of web-bff. Its contract: <a href="/openapi.json">OpenAPI document</a>.
        </p>
      </footer>
    </>
  );
}

interface AccountProps {
  readonly session: Session;
  readonly onTenant: (tenant: string) => void;
}

function Account({ session, onTenant }: AccountProps) {
  async function logOut() {
    const { data } = await bff.POST('/auth/logout');
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

const Welcome = () => (
  <main class="welcome">
    <h1>One page, five services, one answer</h1>
    <p>
      Log in, then break a service and watch: the page stands within two seconds and says what is missing,
      why, and what it shows instead.
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
