// Refreshes vendor/oxc-parser from npm: node scripts/vendor-oxc.mjs <version>
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = process.argv[2];
if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  console.error('usage: node scripts/vendor-oxc.mjs <version>, e.g. 0.154.0');
  process.exitCode = 2;
} else refresh(version);

function refresh(wanted) {
  const target = fileURLToPath(new URL('../vendor/oxc-parser/', import.meta.url));
  const work = mkdtempSync(join(tmpdir(), 'vendor-oxc-'));
  try {
    const wasm = join(unpack(`@oxc-parser/binding-wasm32-wasi@${wanted}`, work), 'parser.wasm32-wasi.wasm');
    const bytes = readFileSync(wasm);
    WebAssembly.Module.imports(new WebAssembly.Module(bytes)); // throws when it is not a module
    copyFileSync(wasm, join(target, 'parser.wasm32-wasi.wasm'));
    copyFileSync(join(unpack(`oxc-parser@${wanted}`, work), 'LICENSE'), join(target, 'LICENSE'));
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const readme = readFileSync(join(target, 'README.md'), 'utf8')
      .replace(/(\| version \| ).*( \|)/, `$1${wanted}$2`)
      .replace(/(\| sha256 \| `)[0-9a-f]{64}(` \|)/, `$1${checksum}$2`);
    writeFileSync(join(target, 'README.md'), readme);
    console.log(
      `vendored oxc ${wanted}, sha256 ${checksum}; now run the tests under test/unit/wasm and test/fault/wasm`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Unpacks a package of the registry without installing it; returns its folder. */
function unpack(spec, work) {
  const folder = mkdtempSync(join(work, 'package-'));
  const output = execFileSync('npm', ['pack', spec, '--json', '--pack-destination', folder], { encoding: 'utf8' });
  execFileSync('tar', ['xzf', join(folder, JSON.parse(output)[0].filename), '-C', folder]);
  return join(folder, 'package');
}
