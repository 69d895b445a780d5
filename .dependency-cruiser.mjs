/** Forbids import cycles, also of types. The import rules between projects are in eslint.config.mjs. */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment:
        'A file must not import a file that imports it, directly or indirectly: move the shared part into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['/dist/', '/node_modules/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
