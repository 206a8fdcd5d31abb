import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execa } from 'execa';
import { Project } from './project.ts';

const program = readFileSync(new URL('../../fixtures/hot/order-service.mjs', import.meta.url), 'utf8');
const app = 'app.mjs';

let project: Project;
beforeEach(() => {
  project = new Project();
  project.write(app, program);
});
afterEach(() => {
  project.remove();
});

interface Finding {
  readonly rule: string;
  readonly function?: string;
  readonly measured?: {
    readonly heat?: string;
    readonly share?: number;
    readonly runs?: { readonly count: number; readonly calls: number };
    readonly saving?: { readonly share: number; readonly ratio?: number };
  };
}

async function findings(...args: readonly string[]): Promise<readonly Finding[]> {
  const { stdout, exitCode, stderr } = await project.run(['analyze', app, '--reporter', 'json', ...args]);
  expect(exitCode, stderr).toBe(0);
  const report = JSON.parse(stdout) as { readonly files: readonly { readonly findings: readonly Finding[] }[] };
  return report.files.flatMap((file) => file.findings);
}

/** Runs the program under the real profiler and with real counting. */
async function measure(): Promise<void> {
  mkdirSync(join(project.folder, 'cpu'));
  await execa(process.execPath, ['--cpu-prof', '--cpu-prof-dir=cpu', '--cpu-prof-interval', '500', app], {
    cwd: project.folder,
    env: { ...project.environment, NODE_V8_COVERAGE: join(project.folder, 'cov') },
    extendEnv: false,
  });
}

describe('a program with seven bottlenecks', () => {
  const bottlenecks = [
    'withCustomers',
    'expensiveIds',
    'distinctCustomers',
    'renderTotals',
    'snapshot',
    'latestByCity',
    'process',
  ];

  it('has them first, by the time that they took, when --run measured it', async () => {
    const { stdout, stderr, exitCode } = await project.run([
      'analyze',
      app,
      '--run',
      `node ${app}`,
      '--reporter',
      'pretty',
    ]);
    expect(exitCode, stderr).toBe(0);
    const named = [...stdout.matchAll(/^(?:error|warning|info) app\.mjs:\d+:\d+ \S+ in (\S+)/gm)].map(
      ([, name]) => name,
    );
    expect(named.slice(0, 8)).toEqual(expect.arrayContaining(bottlenecks));
    const shares = [...stdout.matchAll(/ {2}save: (?:at most|about) ([\d.]+) %/g)].map(([, share]) => Number(share));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(stderr).toMatch(
      /Ran node app\.mjs: exit code 0\nMeasured \d+ ms of work; .* \d+\.\d× as fast \(Amdahl\)\nIn no analysed line: /,
    );
    // what the command prints is no part of the report
    expect(stdout).not.toContain('5854326');
    expect(stderr).toContain('5854326');
    expect(readdirSync(project.folder).filter((name) => name.includes('cpuprofile'))).toEqual([]);
  });

  it('knows how often each ran, and what was never executed', async () => {
    await measure();
    const all = await findings(
      '--profile',
      join('cpu', readdirSync(join(project.folder, 'cpu'))[0] ?? ''),
      '--coverage',
      'cov',
    );
    const of = (name: string): Finding['measured'] => all.find((one) => one.function === name)?.measured;
    expect(of('distinctCustomers')).toMatchObject({ heat: 'hot', runs: { count: 12_000, calls: 1 } });
    expect(of('process')?.runs).toEqual({ count: 60_000, calls: 1 });
    expect(of('process')?.saving?.ratio).toBeGreaterThan(10);
    expect(of('neverCalled')?.heat).toBe('not executed');
    expect(of('neverCalled')?.saving?.share ?? 0).toBe(0);
  });

  it('can be measured by counts alone', async () => {
    await measure();
    const all = await findings('--coverage', 'cov');
    expect(all.find((one) => one.function === 'expensiveIds')?.measured).toEqual({ runs: { count: 10_760, calls: 1 } });
  });
});

describe('--run', () => {
  it('reports the exit code of the command, and joins all the same', async () => {
    project.write(
      'fails.mjs',
      `${program}\nprocess.exit(3);\n`
        .replace('export function process', 'export function handle')
        .replace('  process(makeOrders', '  handle(makeOrders'),
    );
    const { stderr, exitCode } = await project.run([
      'analyze',
      'fails.mjs',
      '--run',
      'node fails.mjs',
      '-q',
      '--reporter',
      'json',
    ]);
    expect(exitCode, stderr).toBe(0);
    const { stdout } = await project.run(['analyze', 'fails.mjs', '--run', 'node fails.mjs', '--reporter', 'json']);
    expect(JSON.parse(stdout).summary.measurement.command).toEqual({ text: 'node fails.mjs', exitCode: 3 });
  });

  it.each([
    ['a command without Node', 'true', 'ended with exit code 0 and no Node process of it left a profile'],
    ['a command that does not exist', 'no-such-command-here', 'ended with exit code 127'],
  ])('refuses %s', async (_what, command, message) => {
    const { stdout, stderr, exitCode } = await project.run(['analyze', app, '--run', command]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['a profile that is not there', ['--profile', 'none.cpuprofile'], 'none.cpuprofile: does not exist'],
    ['a profile that is none', ['--profile', app], 'is no CPU profile'],
    ['a folder that is not there', ['--coverage', 'none'], 'does not exist'],
    ['a folder without counts', ['--coverage', '.'], 'has no coverage files'],
    ['a profile beside a command', ['--profile', 'a', '--run', 'node a'], '--run'],
    ['an empty command', ['--run', ' '], '--run: give a command'],
  ])('is refused before anything is printed: %s', async (_what, args, message) => {
    const { stdout, stderr, exitCode } = await project.run(['analyze', app, ...args]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});

describe('the page', () => {
  it('holds everything in itself, and reads no code as HTML', async () => {
    project.write(
      'evil.js',
      "export const evil = (s) => { for (const x of s) new Intl.NumberFormat('</script><b>').format(x); };\n",
    );
    const { exitCode } = await project.run(['analyze', '.', '--output-file', 'html=report/page.html']);
    expect(exitCode).toBe(0);
    const page = project.read('report/page.html');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(page).toContain("default-src 'none'");
    const data: unknown = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
    expect(data).toMatchObject({ measured: false, sources: { 'evil.js': { shares: {} } } });
    expect(data).not.toHaveProperty('flame');
  });
});
