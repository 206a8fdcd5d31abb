import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';
import { importSources } from './import-sources.mjs';
import { importRuleFiles } from './rule-folders.mjs';

/**
 * The benches of rules as files that a child process can run: for each, the bundle of bench.ts and the workload as written
 * and as rewritten by that rule alone, all in `folder`.
 * @throws Error when a rule does not rewrite one of its workloads.
 */
export async function writeWorkloads(root, ids, folder) {
  const engine = await importSources(
    root,
    `export { optimizeText } from './src/engine/optimize-text.ts';
     export { applyEdits } from './src/engine/edit.ts';
     export { loadOxc } from './src/wasm/oxc-parser.ts';`,
  );
  const parser = engine.loadOxc({ memoryLimitBytes: 512 * 1024 * 1024 });
  const rules = await importRuleFiles(root, ids, 'rule.ts');
  const benches = await importRuleFiles(root, ids, 'bench.ts');
  const rewrite = (rule, { name, source, level = rule.meta.tier }) => {
    const request = { text: source, language: 'typescript', level, rules: [rule.meta.id] };
    const { edits } = engine.optimizeText(request, [rule], parser);
    if (edits.length === 0) throw new Error(`${rule.meta.id}: the rule does not rewrite its workload "${name}"`);
    return engine.applyEdits(source, edits);
  };
  const workloads = [];
  for (const id of ids) {
    const benchFile = join(folder, `${id}.mjs`);
    await build({
      entryPoints: [join(root, 'src', 'rules', id, 'bench.ts')],
      bundle: true,
      format: 'esm',
      outfile: benchFile,
      logLevel: 'silent',
    });
    for (const [index, bench] of benches[id].entries()) {
      const original = await writeVariant(join(folder, `${id}-${index}-original.cjs`), bench.source);
      const rewritten = await writeVariant(join(folder, `${id}-${index}-rewritten.cjs`), rewrite(rules[id], bench));
      workloads.push({ id, name: bench.name, sizes: bench.sizes, benchFile, index, original, rewritten });
    }
  }
  return workloads;
}

async function writeVariant(file, source) {
  const { code } = await transform(source, { loader: 'ts', format: 'cjs', target: 'node20' });
  await writeFile(file, code);
  return file;
}
