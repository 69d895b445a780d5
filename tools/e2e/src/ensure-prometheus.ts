import { aptGet, ensureCommand, onPath } from '@bff/testbed';

/** Ensures a real Prometheus, which tests the dashboard and the alert rules. */
ensureCommand({
  name: 'prometheus',
  isThere: () => onPath('prometheus') && onPath('promtool'),
  installers: { 'apt-get': aptGet('prometheus'), brew: 'brew install --quiet prometheus' },
  otherwise:
    'Install one (https://prometheus.io/download/) so that `prometheus` and `promtool` are on PATH, then run it again.',
});
