import { aptGet, ensureCommand, onPath } from './ensure-command.ts';

/** Finds or installs Python 3: one test runs the vectors of differential sync with a Python client. */
ensureCommand({
  name: 'python3',
  isThere: () => onPath('python3'),
  installers: {
    'apt-get': aptGet('python3'),
    dnf: 'dnf install -y -q python3',
    apk: 'apk add --quiet python3',
    brew: 'brew install --quiet python3',
  },
  otherwise: 'Install one so that `python3` is on PATH, then run `npm test` again.',
});
