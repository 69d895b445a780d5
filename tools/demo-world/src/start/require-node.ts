/**
 * Exits with a message on an old Node, which would fail with unrelated errors. On Linux the lock file
 * provides Node.
 */
export function requireNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return;
  process.stderr.write(`Node 24 or newer is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}
