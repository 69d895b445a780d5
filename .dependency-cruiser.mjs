/** Import cycles, imports of types included; the import rules between projects are in eslint.config.mjs. */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment:
        'A file that is imported, directly or not, may not import back: move what both need into a third one.',
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
