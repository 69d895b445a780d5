import { aptGet, ensureCommand, onPath } from '@bff/testbed';

/** The dashboard and the alert rules are held against a real Prometheus. */
ensureCommand({
  name: 'prometheus',
  isThere: () => onPath('prometheus') && onPath('promtool'),
  installers: { 'apt-get': aptGet('prometheus'), brew: 'brew install --quiet prometheus' },
  otherwise:
    'Install one (https://prometheus.io/download/) so that `prometheus` and `promtool` are on PATH, then run it again.',
});
