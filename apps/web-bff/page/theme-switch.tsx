import { useEffect, useState } from 'preact/hooks';

const themes = ['system', 'light', 'dark'] as const;
const key = 'theme';

/** Follows the system theme until the user chooses one. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(() => localStorage.getItem(key) ?? 'system');
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(key, theme);
  }, [theme]);
  return (
    <label class="theme">
      Theme
      <select value={theme} onChange={({ currentTarget }) => setTheme(currentTarget.value)}>
        {themes.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
