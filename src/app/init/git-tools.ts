import { callsBooster } from './init-wish.ts';
import type { InitProject, InitTool, Wish } from './init-wish.ts';
import { jsonWish } from './json-wish.ts';
import { appendBlock, insertBelow, yamlWish } from './yaml-wish.ts';

const present = callsBooster.command;
const extensions = '{js,mjs,cjs,jsx,ts,mts,cts,tsx}';
const what = 'booster before each commit';

const lintStagedCommand = 'booster optimize --write --no-errors-on-unmatched';
const lintStagedJson = ['.lintstagedrc.json', '.lintstagedrc'] as const;
const lintStagedOther = /^(?:\.lintstagedrc\.(?:ya?ml|[cm]?[jt]s)|lint-staged\.config\.[cm]?[jt]s)$/;

/** Globs of lint-staged that are about scripts. Two that match the same file run at the same time, so booster joins those there are. */
const scriptGlob = /\b[cm]?[jt]sx?\b|^(?:\*\*\/)?\*(?:\.\*)?$/;

function lintStagedWishes(project: InitProject): readonly Wish[] {
  const [foreign] = project.list('.').filter((name) => lintStagedOther.test(name));
  if (foreign !== undefined) return [byHand(foreign, lintStagedCommand, 'is code: add the command by hand')];
  const file = lintStagedJson.find(project.has);
  const [path, head] = file === undefined ? ['package.json', ['lint-staged']] : [file, []];
  const globs = Object.keys(objectAt(project.read(path), head)).filter((glob) => scriptGlob.test(glob));
  return (globs.length > 0 ? globs : [`*.${extensions}`]).map((glob) =>
    jsonWish({
      path,
      what,
      at: [...head, glob],
      item: lintStagedCommand,
      present: /^booster optimize\b/,
      isLocal: true,
    }),
  );
}

function objectAt(text: string | undefined, path: readonly string[]): object {
  try {
    let value: unknown = JSON.parse(text ?? '{}');
    for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name];
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A file that is not changed by a program. */
function byHand(path: string, snippet: string, problem: string): Wish {
  return {
    ...{ path, what, create: () => snippet, snippet: () => snippet },
    merge: (text) => (present.test(text) ? { text } : { problem }),
  };
}

const lefthookNames = ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'] as const;
const lefthookRun = {
  glob: `*.${extensions}`,
  run: 'node_modules/.bin/booster optimize --write --no-errors-on-unmatched {staged_files}',
  stage_fixed: true,
};
const lefthookLines = [
  `glob: "${lefthookRun.glob}"`,
  `run: ${lefthookRun.run}`,
  `stage_fixed: ${String(lefthookRun.stage_fixed)}`,
];
const lefthookBlock = `pre-commit:\n  commands:\n    booster:\n${lefthookLines.map((line) => `      ${line}\n`).join('')}`;

type Yaml = Readonly<Record<string, unknown>>;

function lefthookWish(path: string): Wish {
  return yamlWish({
    ...{ path, what, present, snippet: lefthookBlock, create: () => lefthookBlock },
    insert: (text, value) => {
      if (!('pre-commit' in value)) return appendBlock(text, lefthookBlock);
      const hook = (value['pre-commit'] ?? {}) as Yaml;
      const [key, lines] =
        'jobs' in hook
          ? ['jobs', ['- name: booster', ...lefthookLines.map((line) => `  ${line}`)]]
          : ['commands', ['booster:', ...lefthookLines.map((line) => `  ${line}`)]];
      const result =
        key in hook
          ? insertBelow(text, ['pre-commit', key], lines)
          : insertBelow(text, ['pre-commit'], [`${key}:`, ...lines.map((line) => `  ${line}`)]);
      return result ?? { problem: 'has no block of lines below pre-commit' };
    },
    added: (value) => {
      const hook = (value['pre-commit'] ?? {}) as Yaml;
      const jobs = hook['jobs'] as readonly unknown[] | undefined;
      const commands = hook['commands'] as Yaml | undefined;
      const more =
        jobs === undefined
          ? { commands: { booster: lefthookRun, ...commands } }
          : { jobs: [{ name: 'booster', ...lefthookRun }, ...jobs] };
      return { ...value, 'pre-commit': { ...hook, ...more } };
    },
  });
}

const preCommitHook = {
  ...{ id: 'booster', name: 'booster', language: 'system' },
  entry: 'node_modules/.bin/booster optimize --check --no-errors-on-unmatched',
  types: ['text'],
  files: String.raw`\.(?:[cm]?[jt]s|[jt]sx)$`,
};
const preCommitLines = [
  '- repo: local',
  '  hooks:',
  `    - id: ${preCommitHook.id}`,
  `      name: ${preCommitHook.name}`,
  `      language: ${preCommitHook.language}`,
  `      entry: ${preCommitHook.entry}`,
  `      types: [${preCommitHook.types.join(', ')}]`,
  `      files: ${preCommitHook.files}`,
];
const preCommitBlock = `repos:\n${preCommitLines.map((line) => `  ${line}\n`).join('')}`;

function preCommitWish(path: string): Wish {
  return yamlWish({
    ...{ path, what, present, snippet: preCommitBlock, create: () => preCommitBlock },
    insert: (text, value) => {
      if (!('repos' in value)) return appendBlock(text, preCommitBlock);
      return insertBelow(text, ['repos'], preCommitLines) ?? { problem: 'has no block of lines below repos' };
    },
    added: (value) => {
      const repos = (value['repos'] ?? []) as readonly unknown[];
      return { ...value, repos: [{ repo: 'local', hooks: [preCommitHook] }, ...repos] };
    },
  });
}

const huskyPath = '.husky/pre-commit';
const huskyLine = 'node_modules/.bin/booster optimize --staged --check\n';

const huskyWish: Wish = {
  ...{ path: huskyPath, what, create: () => huskyLine, snippet: () => huskyLine },
  merge: (text) => {
    const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
    if (lines.some((line) => present.test(line))) return { text };
    if (/^#!(?!.*\b(?:ba|da|z|k)?sh\b)/.test(text)) return { problem: 'is no shell script: add the command by hand' };
    if (/^\s*(?:exit|exec)\b/.test(lines.at(-1) ?? '')) return { problem: 'ends before what would be added to it' };
    return { text: `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${huskyLine}` };
  },
};

function usesLintStaged({ list, read }: InitProject): string | undefined {
  const name = list('.').find((each) => each.startsWith('.lintstagedrc') || lintStagedOther.test(each));
  if (name !== undefined) return name;
  return 'lint-staged' in objectAt(read('package.json'), []) ? 'package.json' : undefined;
}

/** What runs before a commit. With lint-staged, husky only starts that. */
export const gitTools: readonly InitTool[] = [
  { id: 'lint-staged', title: 'lint-staged', find: usesLintStaged, wishes: lintStagedWishes },
  {
    id: 'lefthook',
    title: 'lefthook',
    find: ({ has }) => lefthookNames.find(has),
    wishes: ({ has }) => [lefthookWish(lefthookNames.find(has) ?? lefthookNames[0])],
  },
  {
    id: 'pre-commit',
    title: 'pre-commit',
    find: ({ has }) => ['.pre-commit-config.yaml'].find(has),
    wishes: () => [preCommitWish('.pre-commit-config.yaml')],
  },
  {
    id: 'husky',
    title: 'husky',
    find: (project) => (project.has('.husky') && usesLintStaged(project) === undefined ? '.husky' : undefined),
    wishes: () => [huskyWish],
  },
];
