// Plants one violation of each law into a copy of nothing and requires that the intended law reports it: a check that
// reports nothing must be silent because the code is clean, not because the check is blind.
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { laws, layerReport } from './layer-report.mjs';
import { runNode } from './run-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = [
  'commander',
  'chalk',
  'ora',
  'cosmiconfig',
  'execa',
  'web-tree-sitter',
  'ioredis',
  '@jridgewell/trace-mapping',
  'ajv',
  'ajv-formats',
  'fast-json-stringify',
  'jsonc-parser',
  'lru-cache',
  'mustache',
  'yaml',
  'node-diff3',
  '@eslint-community/regexpp',
  'ts-json-schema-generator',
  'typescript',
];
const leaf = 'export const leaf = 1;\n';

/** law → [importing file, import specifier] */
const importViolations = {
  'layer-shared': ['src/shared/a.ts', '../engine/leaf.ts'],
  'layer-engine': ['src/engine/a.ts', '../rules/leaf.ts'],
  'layer-config': ['src/config/a.ts', '../files/leaf.ts'],
  'layer-files': ['src/files/a.ts', '../engine/leaf.ts'],
  'layer-profile': ['src/profile/a.ts', '../files/leaf.ts'],
  'layer-records': ['src/records/a.ts', '../files/leaf.ts'],
  'layer-rules': ['src/rules/one/a.ts', '../../wasm/leaf.ts'],
  'layer-detectors': ['src/detectors/one/a.ts', '../../wasm/leaf.ts'],
  'layer-generators': ['src/generators/one/a.ts', '../../rules/leaf.ts'],
  'layer-wasm': ['src/wasm/a.ts', '../pool/leaf.ts'],
  'layer-pool': ['src/pool/a.ts', '../app/leaf.ts'],
  'layer-resident': ['src/resident/a.ts', '../app/leaf.ts'],
  'layer-agents': ['src/agents/a.ts', '../cli/leaf.ts'],
  'layer-app': ['src/app/a.ts', '../cli/leaf.ts'],
  'layer-cli': ['src/cli/a.ts', '../index.ts'],
  'home-of-commander': ['src/app/b.ts', 'commander'],
  'home-of-chalk': ['src/app/c.ts', 'chalk'],
  'home-of-ora': ['src/app/d.ts', 'ora'],
  'home-of-cosmiconfig': ['src/app/e.ts', 'cosmiconfig'],
  'home-of-execa': ['src/app/f.ts', 'execa'],
  'home-of-@jridgewell/trace-mapping': ['src/cli/u.ts', '@jridgewell/trace-mapping'],
  'home-of-web-tree-sitter': ['src/app/g.ts', 'web-tree-sitter'],
  'home-of-ioredis': ['src/app/ioredis.ts', 'ioredis'],
  'home-of-ajv': ['src/app/ga.ts', 'ajv'],
  'home-of-ajv-formats': ['src/app/gb.ts', 'ajv-formats'],
  'home-of-fast-json-stringify': ['src/app/gj.ts', 'fast-json-stringify'],
  'home-of-jsonc-parser': ['src/files/gc.ts', 'jsonc-parser'],
  'home-of-lru-cache': ['src/app/gd.ts', 'lru-cache'],
  'home-of-mustache': ['src/app/gm.ts', 'mustache'],
  'home-of-yaml': ['src/app/gy.ts', 'yaml'],
  'home-of-node-diff3': ['src/files/gd.ts', 'node-diff3'],
  'home-of-@eslint-community/regexpp': ['src/app/gr.ts', '@eslint-community/regexpp'],
  'home-of-ts-json-schema-generator': ['src/app/gt.ts', 'ts-json-schema-generator'],
  'home-of-typescript': ['src/files/ge.ts', 'typescript'],
  'home-of-node-fs': ['src/app/h.ts', 'node:fs'],
  'home-of-node-fs-promises': ['src/cli/h.ts', 'node:fs/promises'],
  'home-of-node-worker_threads': ['src/app/i.ts', 'node:worker_threads'],
  'home-of-node-vm': ['src/app/j.ts', 'node:vm'],
  'home-of-node-v8': ['src/app/k.ts', 'node:v8'],
  'home-of-node-process': ['src/app/l.ts', 'node:process'],
  'home-of-node-child_process': ['src/app/u.ts', 'node:child_process'],
  'home-of-node-cluster': ['src/pool/l.ts', 'node:cluster'],
  'home-of-node-http': ['src/app/m.ts', 'node:http'],
  'home-of-node-https': ['src/app/n.ts', 'node:https'],
  'home-of-node-net': ['src/app/o.ts', 'node:net'],
  'engine-is-pure': ['src/engine/b.ts', 'node:path'],
  'rules-are-pure': ['src/rules/one/b.ts', 'node:path'],
  'rules-stand-alone': ['src/rules/one/c.ts', '../two/leaf.ts'],
  'detectors-are-pure': ['src/detectors/one/b.ts', 'node:path'],
  'detectors-stand-alone': ['src/detectors/one/c.ts', '../two/leaf.ts'],
  'generators-are-pure': ['src/generators/one/b.ts', 'node:path'],
  'generators-stand-alone': ['src/generators/one/c.ts', '../two/leaf.ts'],
  'development-files-stay-out': ['src/rules/one/d.ts', './equivalence.ts'],
  'nobody-imports-worker-entry': ['src/pool/b.ts', './worker-entry.ts'],
  'nobody-imports-index': ['src/app/p.ts', '../index.ts'],
  'src-stands-alone': ['src/app/q.ts', '../../test/leaf.ts'],
  'no-cycles': ['src/app/r.ts', './s.ts'],
  'nothing-unresolved': ['src/app/t.ts', './missing.ts'],
};

/** lint rule → code in src that breaks it */
const lintViolations = {
  'no-console': 'console.log(1);',
  'no-restricted-globals': 'export const here = process.cwd();',
  'no-restricted-imports': "import process from 'node:process';\nexport const here = process;",
  'no-restricted-syntax': "throw new Error('x');",
  'no-restricted-syntax#default': 'export default 1;',
  'no-restricted-syntax#enum': 'export enum Kind { a }',
  '@typescript-eslint/no-explicit-any': 'export let x: any;',
  'max-lines': 'long();\n'.repeat(260),
  'max-lines-per-function': `export function long() {\n${'long();\n'.repeat(60)}}`,
};

/** typed lint rule → code in src that breaks it */
const typedViolations = {
  'no-floating-promises': 'export function f(): void {\n  Promise.resolve(1);\n}\n',
  'no-unnecessary-condition': 'export const f = (a: object): number => (a ? 1 : 2);\n',
  'no-unsafe-member-access': 'export const f = (a: string): unknown => JSON.parse(a).b;\n',
  'restrict-template-expressions': 'export const f = (a: string | undefined): string => `${a}`;\n',
  'switch-exhaustiveness-check':
    "export function f(a: 'b' | 'c'): number {\n  switch (a) {\n    case 'b':\n      return 1;\n  }\n  return 2;\n}\n",
};

async function plant(folder) {
  const files = { 'package.json': '{ "type": "module" }', 'src/index.ts': leaf, 'test/leaf.ts': leaf };
  const folders = [
    'engine',
    'files',
    'rules',
    'rules/two',
    'detectors/two',
    'generators/two',
    'wasm',
    'pool',
    'app',
    'cli',
  ];
  for (const name of folders) files[`src/${name}/leaf.ts`] = leaf;
  files['src/pool/worker-entry.ts'] = leaf;
  files['src/rules/one/equivalence.ts'] = leaf;
  files['src/app/s.ts'] = "import type { x } from './r.ts';\nexport const s: typeof x = 1;\n";
  for (const [file, specifier] of Object.values(importViolations)) {
    files[file] = `import * as planted from '${specifier}';\nexport const x = planted;\n`;
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const name of packages) {
    await mkdir(join(folder, 'node_modules', dirname(name)), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

async function missedImports() {
  const folder = await mkdtemp(join(tmpdir(), 'booster-planted-'));
  try {
    await plant(folder);
    const { violations } = await layerReport(folder);
    const isReported = (law) =>
      violations.some((found) => found.law === law && found.from === importViolations[law]?.[0]);
    return laws.map(({ name }) => name).filter((law) => !isReported(law));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function missedLint() {
  const eslint = new ESLint({ cwd: root });
  const missed = [];
  for (const [law, code] of Object.entries(lintViolations)) {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, 'src/app/planted.ts') });
    if (!result.messages.some(({ ruleId }) => ruleId === law.split('#')[0]))
      missed.push(`${law}: ${JSON.stringify(result.messages)}`);
  }
  return missed;
}

async function missedTypedLint() {
  const folder = await mkdtemp(join(tmpdir(), 'booster-planted-'));
  try {
    await mkdir(join(folder, 'src'));
    // where oxlint looks for the program that knows the types
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'node_modules/.bin'), join(folder, 'node_modules/.bin'));
    for (const [law, code] of Object.entries(typedViolations)) await writeFile(join(folder, 'src', `${law}.ts`), code);
    const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'));
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, types: [] } }),
    );
    const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), '-f', 'json'];
    const { output } = await runNode(args, folder);
    const { diagnostics } = JSON.parse(output);
    const isReported = (law) =>
      diagnostics.some(({ code, filename }) => code === `typescript(${law})` && filename.endsWith(`${law}.ts`));
    return Object.keys(typedViolations).filter((law) => !isReported(law));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const missed = [...(await missedImports()), ...(await missedLint()), ...(await missedTypedLint())];
for (const law of missed) console.error(`a planted violation of this law was not reported: ${law}`);
const planted = laws.length + Object.keys(lintViolations).length + Object.keys(typedViolations).length;
console.log(`planted violations: ${planted - missed.length} reported, ${missed.length} missed`);
process.exitCode = missed.length > 0 ? 1 : 0;
