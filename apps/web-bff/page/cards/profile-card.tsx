import type { Profile } from '../api/bff.ts';
import { when } from '../formats.ts';

/** Shows the user. Members that the tenant's policy hides are absent and have no row. */
export function ProfileCard({ profile }: { readonly profile: Profile }) {
  const { name = '', email, last_login, loyalty_tier, unread_notifications } = profile;
  const lost = new Set(profile._meta.degraded.map(({ source }) => source));
  const rows: readonly (readonly [label: string, value: unknown, source: string])[] = [
    ['Email', email, 'user'],
    ['Last login', last_login && when(last_login), 'user'],
    ['Loyalty', loyalty_tier, 'loyalty'],
    ['Unread', unread_notifications, 'notifications'],
  ];
  return (
    <section class="card profile" aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <div class="avatar" aria-hidden="true">
        {initialsOf(name)}
      </div>
      <dl>
        {rows
          .filter(([, value]) => value !== undefined && value !== null && value !== '')
          .map(([label, value, source]) => (
            <div key={label} class={lost.has(source) ? 'lost' : undefined}>
              <dt>{label}</dt>
              <dd>
                {String(value)} {lost.has(source) && <small>instead</small>}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map(([first = '']) => first)
    .slice(0, 2)
    .join('')
    .toUpperCase();
