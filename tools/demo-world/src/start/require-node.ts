/**
 * Exits with a clear message if Node is too old, instead of failing later with unrelated errors. On Linux,
 * npm installs the Node version that package-lock.json pins.
 */
export function requireNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return;
  process.stderr.write(`Node 24 or newer is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}
