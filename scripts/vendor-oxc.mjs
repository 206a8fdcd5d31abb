// Refreshes vendor/oxc-parser from npm: node scripts/vendor-oxc.mjs <version>
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackage } from './unpack-package.mjs';

const version = process.argv[2];
if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  console.error('usage: node scripts/vendor-oxc.mjs <version>, e.g. 0.154.0');
  process.exitCode = 2;
} else refresh(version);

function refresh(wanted) {
  const target = fileURLToPath(new URL('../vendor/oxc-parser/', import.meta.url));
  const work = mkdtempSync(join(tmpdir(), 'vendor-oxc-'));
  try {
    const wasm = join(unpackPackage(`@oxc-parser/binding-wasm32-wasi@${wanted}`, work), 'parser.wasm32-wasi.wasm');
    const bytes = readFileSync(wasm);
    WebAssembly.Module.imports(new WebAssembly.Module(bytes)); // throws when it is not a module
    copyFileSync(wasm, join(target, 'parser.wasm32-wasi.wasm'));
    copyFileSync(join(unpackPackage(`oxc-parser@${wanted}`, work), 'LICENSE'), join(target, 'LICENSE'));
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
