// Compiles assembly/tree-table.ts into assembly/tree-table.wasm and notes both checksums: node scripts/compile-assembly.mjs
//
// The compiler (94 MB with binaryen) is fetched for this only and is no dependency: the module is committed, and changes
// only with its source.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiler = 'assemblyscript@0.28.20';
const folder = fileURLToPath(new URL('../assembly/', import.meta.url));
const source = join(folder, 'tree-table.ts');
const target = join(folder, 'tree-table.wasm');
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='];
// the memory is the parser's: see minimumPages in src/wasm/oxc-parser.ts and maximumPages in src/wasm/wasm-memory.ts
const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '980', '--maximumMemory', '32767'];
const asc = ['asc', source, ...options, ...memory, '--enable', 'threads', '--outFile', target];
execFileSync('npm', ['exec', '--yes', `--package=${compiler}`, '--', ...asc], { cwd: folder, stdio: 'inherit' });

const checksum = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
const readme = join(folder, 'README.md');
const noted = readFileSync(readme, 'utf8')
  .replace(/(\| compiler \| `).*(` \|)/, `$1${compiler}$2`)
  .replace(/(\| sha256 of tree-table\.ts \| `).*(` \|)/, `$1${checksum(source)}$2`)
  .replace(/(\| sha256 of tree-table\.wasm \| `).*(` \|)/, `$1${checksum(target)}$2`);
writeFileSync(readme, noted);
console.log(`compiled ${target}; now run test/unit/wasm/tree-table.test.ts`);
