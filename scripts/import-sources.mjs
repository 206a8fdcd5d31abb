import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Imports TypeScript sources into this process: bundles `code` (an entry module whose relative imports start at `root`)
 * in memory and gives its exports. Files are never written, so that parallel runs cannot meet.
 */
export async function importSources(root, code) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts', sourcefile: 'entry.ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'silent',
    // what the sources find beside themselves, they find as if they ran where they lie
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'src', 'wasm', 'bundle.js')).href) },
    // a data: module has no place from which packages could be found
    banner: {
      js: `import { createRequire } from 'node:module';const require = createRequire(${JSON.stringify(pathToFileURL(join(root, 'package.json')).href)});`,
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
