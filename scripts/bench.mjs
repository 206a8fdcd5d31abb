// npm run bench -- <name> […]: runs scripts/bench-<name>.mjs; without a name it lists them with their first line.
import { readdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(folder)
  .map((file) => /^bench-(.+)\.mjs$/.exec(file)?.[1])
  .filter((name) => name !== undefined)
  .sort();
const [wanted, ...args] = process.argv.slice(2);

if (names.includes(wanted)) {
  const env = { ...process.env };
  delete env.NODE_EXTRA_CA_CERTS;
  const { status } = spawnSync(process.execPath, [join(folder, `bench-${wanted}.mjs`), ...args], {
    env,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  if (wanted !== undefined) console.error(`bench: no benchmark is named ${wanted}`);
  console.log('npm run bench -- <name>');
  for (const name of names) console.log(`  ${name.padEnd(12)}${firstLine(join(folder, `bench-${name}.mjs`))}`);
  process.exitCode = wanted === undefined ? 0 : 2;
}

function firstLine(file) {
  return readFileSync(file, 'utf8')
    .split('\n', 1)[0]
    .replace(/^\/\/ /, '');
}
