// Who may import whom. A folder imports only folders of a lower rank; some modules have one home.
// scripts/planted-violations.mjs proves that each law below is enforced: add a violation there with each new law.

const ranks = {
  shared: 0,
  engine: 1,
  config: 1,
  files: 1,
  profile: 1,
  records: 1,
  rules: 2,
  detectors: 2,
  generators: 2,
  wasm: 2,
  pool: 3,
  resident: 4,
  app: 5,
  agents: 6,
  cli: 7,
};

/** npm package → the only folders of src that may import it. */
const packageHomes = {
  commander: ['cli'],
  chalk: ['cli'],
  ora: ['cli'],
  cosmiconfig: ['config'],
  execa: ['files'],
  '@jridgewell/trace-mapping': ['profile'],
  'web-tree-sitter': ['wasm'],
  ioredis: ['records'],
  ajv: ['generators'],
  'ajv-formats': ['generators'],
  'fast-json-stringify': ['generators'],
  'jsonc-parser': ['generators', 'app'],
  'lru-cache': ['generators'],
  mustache: ['generators'],
  yaml: ['generators'],
  'node-diff3': ['app'],
  '@eslint-community/regexpp': ['pool'],
  'ts-json-schema-generator': ['generators'],
  typescript: ['app', 'generators'],
};

/** Node module → the only folders of src that may import it. */
const coreHomes = {
  fs: ['files', 'config', 'wasm', 'resident', 'records'],
  'fs/promises': ['files', 'config', 'wasm'],
  worker_threads: ['pool'],
  vm: ['pool'],
  v8: ['wasm'],
  process: [],
  child_process: ['files'],
  cluster: [],
  http: [],
  https: [],
  net: ['resident', 'records'],
};

const folder = (name) => `^src/${name}/`;
const proofTypes = '^src/rules/proof[.]ts$';
const developmentOnly = '^src/rules/([^/]+/(equivalence|bench)|proof)[.]ts$';

const layers = Object.entries(ranks).map(([name, rank]) => {
  const lower = Object.keys(ranks).filter((other) => ranks[other] < rank);
  return {
    name: `layer-${name}`,
    comment: `${name}/ may import only ${lower.join(', ') || 'nothing of src'}: move the code down or hand it in.`,
    severity: 'error',
    from: { path: folder(name) },
    to: { path: '^src/', pathNot: [name, ...lower].map(folder) },
  };
});

const homes = Object.entries(packageHomes).map(([name, folders]) => ({
  name: `home-of-${name}`,
  comment: `${name} is used in ${folders.join(', ')} only.`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders.map(folder) },
  to: { path: `node_modules/${name}/` },
}));

const cores = Object.entries(coreHomes).map(([name, folders]) => ({
  name: `home-of-node-${name.replace('/', '-')}`,
  comment: `node:${name} is used in ${folders.join(', ') || 'bin'} only.`,
  severity: 'error',
  from: { path: '^src/', ...(folders.length > 0 && { pathNot: folders.map(folder) }) },
  to: { dependencyTypes: ['core'], path: `^(node:)?${name}$` },
}));

const laws = [
  {
    name: 'engine-is-pure',
    comment: 'engine/ is text in, edits out: no Node modules and no packages.',
    severity: 'error',
    from: { path: folder('engine') },
    to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
  },
  {
    name: 'rules-are-pure',
    comment: 'A rule is synchronous and pure; only its equivalence.ts and bench.ts may use packages.',
    severity: 'error',
    from: { path: folder('rules'), pathNot: developmentOnly },
    to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
  },
  {
    name: 'rules-stand-alone',
    comment: 'A rule never sees another rule; what two rules share belongs to engine/.',
    severity: 'error',
    from: { path: '^src/rules/([^/]+)/' },
    to: { path: '^src/rules/', pathNot: ['^src/rules/$1/', proofTypes] },
  },
  {
    name: 'detectors-are-pure',
    comment: 'A detector is synchronous and pure; what it asks of the world comes through its context.',
    severity: 'error',
    from: { path: folder('detectors') },
    to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
  },
  {
    name: 'detectors-stand-alone',
    comment: 'A detector never sees another detector; what two share belongs to engine/.',
    severity: 'error',
    from: { path: '^src/detectors/([^/]+)/' },
    to: { path: '^src/detectors/', pathNot: ['^src/detectors/$1/'] },
  },
  {
    name: 'generators-are-pure',
    comment: 'A generator is text in, text out: files are for app/ and files/.',
    severity: 'error',
    from: { path: folder('generators') },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'generators-stand-alone',
    comment:
      'A generator never sees another generator; what two of them share belongs to generators/schema, generators/signature or beside them.',
    severity: 'error',
    from: { path: '^src/generators/([^/]+)/' },
    to: { path: '^src/generators/[^/]+/', pathNot: ['^src/generators/$1/', '^src/generators/(schema|signature)/'] },
  },
  {
    name: 'development-files-stay-out',
    comment:
      'equivalence.ts, bench.ts and their types in proof.ts are for tests and benchmarks; nothing in src loads them.',
    severity: 'error',
    from: { path: '^src/', pathNot: developmentOnly },
    to: { path: developmentOnly },
  },
  {
    name: 'nobody-imports-worker-entry',
    comment: 'worker-entry runs in a thread and is loaded by URL.',
    severity: 'error',
    from: {},
    to: { path: '^src/pool/worker-entry[.]ts$' },
  },
  {
    name: 'nobody-imports-index',
    comment: 'index.ts is the public face; inside, import the module itself.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^src/index[.]ts$' },
  },
  {
    name: 'src-stands-alone',
    comment: 'src never imports tests, scripts, bin or fixtures.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(test|scripts|bin|fixtures|dist)/' },
  },
  {
    name: 'no-cycles',
    comment: 'No cycles, type-only imports included.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
];

export default {
  forbidden: [...layers, ...homes, ...cores, ...laws],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^src/rules/[^/]+/fixtures/', '^src/rules/_template/', '^src/detectors/[^/]+/fixtures/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
