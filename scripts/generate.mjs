// npm run generate: rewrites the files that are computed from the sources (rule index, rule pages, marked tables, example
// configuration). Names each file that it changed.
//
// --check   changes nothing, lists the stale files, and exits 1 when there are any
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated-files.mjs';

/** Paths of the files whose content is not what the sources say; written unless `isCheck`. */
export async function generate(root, { isCheck = false } = {}) {
  const stale = [];
  for (const [path, content] of await generatedFiles(root)) {
    const target = join(root, path);
    if ((await readFile(target, 'utf8').catch(() => undefined)) === content) continue;
    stale.push(path);
    if (isCheck) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return stale;
}

async function main() {
  const isCheck = process.argv.includes('--check');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const stale = await generate(root, { isCheck });
  for (const path of stale) console.log(`${isCheck ? 'stale' : 'written'}: ${path}`);
  if (isCheck && stale.length > 0) {
    console.error('generate: run `npm run generate` and commit the result');
    process.exitCode = 1;
  } else console.log(`generate: ${stale.length === 0 ? 'everything is up to date' : `${stale.length} files`}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(`generate: ${error.message}`);
    process.exitCode = 1;
  });
}
