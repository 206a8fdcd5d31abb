import { callsBooster, ownFile } from './init-wish.ts';
import type { InitProject, InitTool, Wish } from './init-wish.ts';
import { appendBlock, yamlWish } from './yaml-wish.ts';

/** How the packages of a project are installed, by its lock file. */
function installLines({ has }: InitProject): readonly string[] {
  if (has('pnpm-lock.yaml')) return ['corepack enable', 'pnpm install --frozen-lockfile'];
  if (has('yarn.lock')) return ['corepack enable', 'yarn install --immutable'];
  return has('package-lock.json') || has('npm-shrinkwrap.json') ? ['npm ci'] : ['npm install'];
}

const workflowFolder = '.github/workflows';

function workflowText(project: InitProject): string {
  return `# Written by \`booster init\`: annotations on the changed lines, and a summary.
name: booster
on: pull_request
permissions:
  contents: read
jobs:
  booster:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${installLines(project)
  .map((line) => `      - run: ${line}\n`)
  .join('')}      - uses: ./node_modules/code-booster
        with:
          since: origin/\${{ github.base_ref }}
`;
}

function githubWishes(project: InitProject): readonly Wish[] {
  const workflows = project.list(workflowFolder).map((name) => `${workflowFolder}/${name}`);
  const there = workflows.find((path) => callsBooster.command.test(project.read(path) ?? ''));
  const path = there ?? `${workflowFolder}/booster.yml`;
  return [
    {
      ...ownFile(path, 'check of pull requests', workflowText(project)),
      ...(there && { merge: (text) => ({ text }) }),
    },
  ];
}

const gitlabPath = '.gitlab-ci.yml';
const report = 'gl-code-quality-report.json';

function gitlabWish(project: InitProject): Wish {
  const script = [
    ...installLines(project),
    `node_modules/.bin/booster analyze --output-file gitlab=${report} --reporter summary`,
  ];
  const job = (stage: string | undefined) => ({
    ...(stage !== undefined && { stage }),
    ...{ image: 'node:22', script, artifacts: { reports: { codequality: report } } },
  });
  const block = (stage?: string): string =>
    [
      'booster:',
      ...(stage === undefined ? [] : [`  stage: ${stage}`]),
      '  image: node:22',
      '  script:',
      ...script.map((line) => `    - ${line}`),
      '  artifacts:',
      '    reports:',
      `      codequality: ${report}`,
      '',
    ].join('\n');
  return yamlWish({
    ...{ path: gitlabPath, what: 'code quality report', snippet: block(), create: () => block() },
    present: callsBooster.command,
    insert: (text, value) => {
      if ('booster' in value) return { problem: 'has another job named booster' };
      if (/^(?:---|\.\.\.)/m.test(text.trimStart().slice(3))) return { problem: 'holds several documents' };
      return appendBlock(text, block(stageOf(value)));
    },
    added: (value) => ({ ...value, booster: job(stageOf(value)) }),
  });
}

/** Without a stage a job is in `test`, which may not be there. */
function stageOf({ stages }: Readonly<Record<string, unknown>>): string | undefined {
  if (!Array.isArray(stages) || stages.includes('test')) return undefined;
  const last: unknown = stages.at(-1);
  return typeof last === 'string' ? last : undefined;
}

/** Continuous integration. */
export const ciTools: readonly InitTool[] = [
  {
    id: 'github',
    title: 'GitHub Actions',
    find: ({ has }) => (has(workflowFolder) ? workflowFolder : undefined),
    wishes: githubWishes,
  },
  {
    id: 'gitlab',
    title: 'GitLab CI',
    find: ({ has }) => (has(gitlabPath) ? gitlabPath : undefined),
    wishes: (project) => [gitlabWish(project)],
  },
];
