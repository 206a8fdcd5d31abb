import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const packagePath = /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/;

async function licenseOf(root, folder) {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8').catch(() => '{}'));
  const names = await readdir(join(root, folder));
  const files = names.filter((name) => /^(licen[sc]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(root, folder, name), 'utf8')));
  const title = `${manifest.name ?? folder} ${manifest.version ?? ''} (${manifest.license ?? 'see below'})`;
  return `${title}\n\n${texts.join('\n').trim()}\n`;
}

/** Writes the licences of all packages whose code is in the bundles (`inputs`) or whose files are copied (`folders`). */
export async function writeLicenses(root, inputs, folders, target) {
  const bundled = inputs.map((input) => packagePath.exec(input)?.[0]).filter((folder) => folder !== undefined);
  const packages = [...new Set([...bundled, ...folders])].sort();
  const texts = await Promise.all(packages.map((folder) => licenseOf(root, folder)));
  await writeFile(target, texts.join(`\n${'-'.repeat(80)}\n\n`));
}
