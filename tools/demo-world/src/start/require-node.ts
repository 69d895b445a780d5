/** Linux takes Node from the lock file; elsewhere it must be there, and an old one fails with words nobody understands. */
export function requireNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return;
  process.stderr.write(`Node 24 or newer is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}
