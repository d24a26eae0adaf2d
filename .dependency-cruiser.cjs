// The floors of the house: an import may only run downwards, never sideways between folders on one floor.
// Listed from the ground up; folders in one row share a floor.
const floors = [
  ['core'],
  ['prompts', 'models'],
  ['tools'],
  ['agents', 'metrics', 'datasets'],
  ['graphs'],
  ['runtime'],
  ['bench'],
  ['server'],
  ['cli'],
];

const forbidden = floors.flatMap((floor, level) =>
  floor.map((folder) => ({
    name: `floor-${folder}`,
    comment: `${folder}/ may only import from the floors below it (ARCHITECTURE.md).`,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: {
      path: `^(${floors
        .slice(level)
        .flat()
        .filter((other) => other !== folder)
        .concat(['test', 'scripts'])
        .join('|')})/`,
    },
  })),
);

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: 'core-imports-zod-alone',
      comment: 'core/ holds contracts and pure rules; it imports zod and nothing else.',
      severity: 'error',
      from: { path: '^core/' },
      to: { pathNot: ['^core/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'web-draws-records',
      comment: 'web/ runs in a browser: of the house it may import the contracts in core/ only.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(prompts|models|tools|agents|metrics|datasets|graphs|runtime|bench|server|cli|test)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^verisim$' },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      comment: 'What dist/ imports must be installed with it.',
      severity: 'error',
      from: { path: '^(core|prompts|models|tools|agents|metrics|datasets|graphs|runtime|bench|server|cli)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|web/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
