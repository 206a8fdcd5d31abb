import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles a script that imports TypeScript into a folder, so that Node 20 runs it; gives the path of the bundle.
 * @param {string} name of the script, without `.mjs`
 * @param {string} folder
 * @param {string} place the file, relative to the project, that the code takes itself for, to find what lies beside it
 */
export async function bundleScript(name, folder, place = 'dist/index.js') {
  const outfile = join(folder, `${name}.mjs`);
  const url = pathToFileURL(join(root, place)).href;
  await build({
    entryPoints: [join(root, 'scripts', `${name}.mjs`)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    define: { 'import.meta.url': JSON.stringify(url), 'import.meta.dirname': JSON.stringify(join(root, place, '..')) },
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(url)});`,
    },
    logLevel: 'error',
  });
  return outfile;
}
