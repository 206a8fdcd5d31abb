// Refreshes vendor/recheck from npm: node scripts/vendor-recheck.mjs <version>
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackage } from './unpack-package.mjs';

const version = process.argv[2];
if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  console.error('usage: node scripts/vendor-recheck.mjs <version>, e.g. 4.5.0');
  process.exitCode = 2;
} else refresh(version);

function refresh(wanted) {
  const target = fileURLToPath(new URL('../vendor/recheck/', import.meta.url));
  const work = mkdtempSync(join(tmpdir(), 'vendor-recheck-'));
  try {
    const folder = unpackPackage(`recheck@${wanted}`, work);
    copyFileSync(join(folder, 'lib', 'browser.js'), join(target, 'recheck.cjs'));
    copyFileSync(join(folder, 'LICENSE'), join(target, 'LICENSE'));
    const { checkSync } = createRequire(import.meta.url)(join(target, 'recheck.cjs'));
    if (checkSync('^(a+)+$', '').status !== 'vulnerable') throw new Error('it does not find the simplest case');
    const bytes = readFileSync(join(target, 'recheck.cjs'));
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const readme = readFileSync(join(target, 'README.md'), 'utf8')
      .replace(/(\| version \| ).*( \|)/, `$1${wanted}$2`)
      .replace(/(\| sha256 \| `)[0-9a-f]{64}(` \|)/, `$1${checksum}$2`);
    writeFileSync(join(target, 'README.md'), readme);
    console.log(`vendored recheck ${wanted}, sha256 ${checksum}; now run test/unit/pool/regex`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
