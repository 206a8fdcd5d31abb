import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bin } from '../../cli/project.ts';

const dist = join(dirname(bin), '..', 'dist');

/** A copy of the program that says it is another build. Gives the path of its launcher. */
export function writeOtherBuild(folder: string): string {
  const launcher = writeBareBuild(folder, '0'.repeat(32));
  for (const name of ['worker.cjs', 'wasm']) symlinkSync(join(dist, name), join(folder, 'dist', name));
  return launcher;
}

/** A copy of the program without workers and without WebAssembly. Gives the path of its launcher. */
export function writeBareBuild(folder: string, hash: string = buildHash()): string {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  cpSync(dirname(bin), join(folder, 'bin'), { recursive: true });
  const launcher = join(folder, 'bin', 'booster.cjs');
  const bundle = readFileSync(join(dist, 'cli.cjs'), 'latin1');
  writeFileSync(join(folder, 'dist', 'cli.cjs'), bundle.replace(/^\/\/[0-9a-f]{32}/, `//${hash}`), 'latin1');
  return launcher;
}

/** Hash of the build under test. */
export function buildHash(): string {
  return /^\/\/([0-9a-f]{32})/.exec(readFileSync(join(dist, 'cli.cjs'), 'latin1'))?.[1] ?? '';
}
