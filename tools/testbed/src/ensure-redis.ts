import { aptGet, ensureCommand, onPath } from './ensure-command.ts';

/** Finds or installs a real Redis for the tests. */
ensureCommand({
  name: 'redis-server',
  isThere: () => onPath('redis-server'),
  installers: {
    'apt-get': aptGet('redis-server'),
    dnf: 'dnf install -y -q redis',
    apk: 'apk add --quiet redis',
    brew: 'brew install --quiet redis',
  },
  otherwise:
    'Install one (https://redis.io/docs/latest/operate/oss_and_stack/install/) so that `redis-server` is on PATH, then run `npm test` again.',
});
