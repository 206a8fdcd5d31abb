import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** Unpacks a package of the registry into `work` without installing it; returns its folder. */
export function unpackPackage(spec, work) {
  const folder = mkdtempSync(join(work, 'package-'));
  const output = execFileSync('npm', ['pack', spec, '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    // the list of all files comes with it
    maxBuffer: 2 ** 28,
  });
  execFileSync('tar', ['xzf', join(folder, JSON.parse(output)[0].filename), '-C', folder]);
  return join(folder, 'package');
}
