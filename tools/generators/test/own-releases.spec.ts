import { expect, test } from '@jest/globals';
import type { Tree } from '@nx/devkit';
import { writeOwnReleases } from '../src/adopt/own-releases.ts';

test('in an adopted workspace, nx release gives each BFF a version of its own instead of releasing the template', () => {
  let text = JSON.stringify({
    analytics: false,
    release: { projects: ['*'], releaseTag: { pattern: 'v{version}' } },
  });
  writeOwnReleases({
    read: () => text,
    write: (_: string, written: string) => void (text = written),
  } as unknown as Tree);
  const { analytics, release } = JSON.parse(text);
  expect(analytics).toBe(false);
  expect(release).toMatchObject({
    projects: ['*-bff'],
    projectsRelationship: 'independent',
    releaseTag: { pattern: '{projectName}@{version}' },
  });
});
