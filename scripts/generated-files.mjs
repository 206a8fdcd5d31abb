import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { detectorIndex, detectorReadme, detectorTable, importDetectors } from './detector-pages.mjs';
import { collectionTable, generatorFiles, generatorTable } from './generator-files.mjs';
import { importSources } from './import-sources.mjs';
import { fillMarkers, formatRatio, table } from './markdown.mjs';
import { importRuleFiles, readMeasured, ruleIds } from './rule-folders.mjs';
import { ruleIndex } from './rule-index.mjs';
import { ruleReadme } from './rule-readme.mjs';

/** Path (relative to `root`) → content of every file that is computed from the sources. Reads, never writes. */
export async function generatedFiles(root) {
  const ids = await ruleIds(root);
  const rules = await importRuleFiles(root, ids, 'rule.ts');
  const measured = Object.fromEntries(ids.map((id) => [id, readMeasured(root, id)]));
  const detectors = await importDetectors(root);
  const sources = await importSources(root, await entryCode(root));
  const tables = {
    rules: ruleTable(
      ids.map((id) => rules[id]),
      measured,
      'src/rules/',
    ),
    detectors: detectorTable(detectors, '../src/detectors/'),
    assumptions: table([['Assumption', 'What is taken for granted'], ...Object.entries(sources.assumptions)]),
    errors: errorTable(sources.errorTable),
    generators: generatorTable(sources.generators),
    collections: collectionTable(root, sources.kinds),
    ...(sources.createProgram && { options: optionTables(sources.createProgram) }),
    ...(sources.settingsTable && { config: sources.settingsTable() }),
  };
  const files = new Map();
  files.set('src/rules/index.ts', await prettified(root, 'index.ts', ruleIndex(ids, measured)));
  for (const [path, text] of generatorFiles(root)) files.set(path, await prettified(root, 'index.ts', text));
  for (const id of ids)
    files.set(`src/rules/${id}/README.md`, ruleReadme(rules[id], sources.assumptions, measured[id]));
  if (Object.keys(detectors).length > 0) {
    files.set('src/detectors/index.ts', await prettified(root, 'index.ts', detectorIndex(Object.keys(detectors))));
  }
  for (const [id, detector] of Object.entries(detectors)) {
    files.set(`src/detectors/${id}/README.md`, detectorReadme(detector));
  }
  files.set(
    'docs/rules.md',
    rulesPage(
      ids.map((id) => rules[id]),
      measured,
      sources.assumptions,
    ),
  );
  if (sources.configExample) files.set('.boosterrc.example', sources.configExample());
  if (sources.configSchema) {
    files.set('schema.json', await prettified(root, 'schema.json', JSON.stringify(sources.configSchema())));
  }
  for (const path of await markedPages(root)) {
    files.set(path, fillMarkers(await readFile(join(root, path), 'utf8'), tables, path));
  }
  return files;
}

/** The parts of the sources that are not there yet are left out, and with them their tables. */
async function entryCode(root) {
  const wanted = {
    'src/engine/assumptions.ts': ['assumptions'],
    'src/shared/errors.ts': ['errorTable'],
    'src/generators/index.ts': ['generators'],
    'src/generators/collection/kinds.ts': ['kinds'],
    'src/cli/program.ts': ['createProgram'],
    'src/config/describe-settings.ts': ['configSchema', 'configExample', 'settingsTable'],
  };
  return Object.entries(wanted)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, names]) => `export { ${names.join(', ')} } from './${path}';`)
    .join('\n');
}

async function prettified(root, name, text) {
  return format(text, { ...(await resolveConfig(join(root, name))), filepath: name });
}

/** README.md and the pages of docs/ that are written by hand and hold markers. */
async function markedPages(root) {
  const docs = existsSync(join(root, 'docs')) ? await readdir(join(root, 'docs')) : [];
  const pages = [
    'README.md',
    ...docs.filter((name) => name.endsWith('.md') && name !== 'rules.md').map((name) => `docs/${name}`),
  ];
  return pages.filter((path) => existsSync(join(root, path)));
}

function ruleTable(rules, measured, linkPrefix) {
  const rows = rules.map(({ meta }) => [
    `[${meta.id}](${linkPrefix}${meta.id}/README.md)`,
    meta.summary,
    meta.group,
    [...new Set([meta.lowestTier ?? meta.tier, meta.tier])].join(' to '),
    `${meta.complexity.before} → ${meta.complexity.after}`,
    ratioRange(measured[meta.id]),
  ]);
  return table([['Rule', 'What', 'Group', 'Tier', 'Cost', 'Measured'], ...rows]);
}

/** The gain at the largest size of each workload: from the least to the most. */
function ratioRange(figures) {
  const largest = new Map();
  for (const figure of figures)
    if (figure.size >= (largest.get(figure.name)?.size ?? 0)) largest.set(figure.name, figure);
  const sorted = [...largest.values()].sort((a, b) => a.ratio - b.ratio);
  if (sorted.length === 0) return '';
  const ratios = [...new Set([sorted[0], sorted.at(-1)].map(({ ratio }) => `${formatRatio(ratio)}×`))];
  const sizes = [...new Set(sorted.map(({ size }) => size))]
    .sort((a, b) => a - b)
    .map((size) => size.toLocaleString('en-US'));
  return `${ratios.join(' to ')} at n = ${sizes.join(' and ')} (Node ${sorted[0].node})`;
}

function rulesPage(rules, measured, assumptions) {
  return `<!-- Generated by \`npm run generate\`; do not edit. -->

# Rules

Each rule is a folder of \`src/rules\`; \`booster rule <id>\` prints what its page says. A measured ratio is time as
written / time as rewritten at the largest size of each workload, from the one that gains least to the one that gains most; \`npm run bench -- rules\` measures again.

${ruleTable(rules, measured, '../src/rules/')}
## Assumptions

${Object.entries(assumptions)
  .map(([id, sentence]) => `- ${id}: ${sentence}`)
  .join('\n')}
`;
}

function errorTable(errors) {
  const rows = Object.entries(errors).map(([code, info]) => [`\`${code}\``, info.title, info.remedy, info.exitCode]);
  return table([['Code', 'What happened', 'How to mend it', 'Exit code'], ...rows]);
}

/** One table for each command, as `--help` groups and words them. */
function optionTables(createProgram) {
  const silent = { write: () => true, columns: 80 };
  const program = createProgram('0.0.0', { stdout: silent, stderr: silent, env: {} }, {});
  return program.commands
    .flatMap((command) => (command.commands.length === 0 ? [command] : command.commands))
    .map((command) => {
      const options = command.options.filter((option) => !option.hidden);
      const rows = options.map((option) => [`\`${option.flags}\``, optionText(option)]);
      const group = command.parent === program ? '' : `${command.parent.name()} `;
      const usage = `### booster ${group}${command.name()} ${command.usage()}\n\n${command.description()}\n`;
      return rows.length === 0 ? usage : `${usage}\n${table([['Option', 'What it does'], ...rows])}`;
    })
    .join('\n');
}

function optionText({ description, argChoices }) {
  return argChoices === undefined
    ? description
    : `${description} (${argChoices.map((choice) => `\`${choice}\``).join(', ')})`;
}
