import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, fetchByMaven, NotInstalled, onPath, requireJava } from '@bff/testbed';

export const keycloakVersion = '26.7.3';
const sha256 = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f';
const oldestJava = 17;
const artifact = { group: 'org.keycloak', name: 'keycloak-quarkus-dist' };

/**
 * Returns the folder of an unpacked Keycloak: `KEYCLOAK_HOME`, the cache folder of this user, or a download
 * from Maven Central by Maven, which uses the mirrors and proxies configured on this machine.
 *
 * @throws {NotInstalled}
 */
export function ensureKeycloak(): string {
  requireJava(oldestJava, `Keycloak ${keycloakVersion}`);
  const given = process.env['KEYCLOAK_HOME'];
  if (given) return given;
  const cache = cacheFolder(`keycloak-${keycloakVersion}`);
  if (!existsSync(cache)) unpackInto(cache);
  return cache;
}

function unpackInto(cache: string): void {
  if (!onPath('mvn'))
    throw new NotInstalled(
      `no Keycloak ${keycloakVersion} in KEYCLOAK_HOME or ${cache}, and no Maven (mvn) on PATH to fetch it with`,
    );
  const parent = join(cache, '..');
  mkdirSync(parent, { recursive: true });
  const draft = mkdtempSync(join(parent, 'unpacking-'));
  try {
    process.stdout.write(`fetching Keycloak ${keycloakVersion} (177 MB) from Maven Central into ${cache}\n`);
    const zip = `${artifact.group}:${artifact.name}:${keycloakVersion}:zip`;
    fetchByMaven(draft, 'copy', [`-Dartifact=${zip}`, `-DoutputDirectory=${draft}`]);
    checkDigest(join(draft, `${artifact.name}-${keycloakVersion}.zip`));
    fetchByMaven(draft, 'unpack', [
      `-Dartifact=${zip}`,
      `-DoutputDirectory=${draft}`,
      `-DmarkersDirectory=${draft}/markers`,
    ]);
    renameSync(join(draft, `keycloak-${keycloakVersion}`), cache);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function checkDigest(file: string): void {
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found !== sha256) throw new NotInstalled(`${file} has the SHA-256 ${found}, not ${sha256}`);
}
