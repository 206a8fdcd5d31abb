import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type * as Library from '../../../src/index.ts';

// the built one: workers are started from it
const built = new URL('../../../dist/index.js', import.meta.url).href;
const { BoosterAgentRegistry, CodeBoosterAgent, WASMInstanceManager } = (await import(built)) as typeof Library;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const killWorker = new URL('../../../scripts/agents-kill-worker.cjs', import.meta.url);
const slow = 'export const newest = (xs: string[]) => xs.slice(-1)[0];\n';
const poison = `${slow}/* poison */\n`;
const fast = 'export const newest = (xs: string[]) => xs.at(-1)!;\n';
const order = 'function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n';
const edit = '// ... existing code ...\n\nfunction two() {\n  return 1 + 1;\n}\n';

function agentOf(options: Partial<ConstructorParameters<typeof CodeBoosterAgent>[0]> = {}): Library.CodeBoosterAgent {
  const agent = new CodeBoosterAgent({ name: 'tester', ...options });
  onTestFinished(() => agent.shutdown());
  return agent;
}

async function registryOf(options: ConstructorParameters<typeof BoosterAgentRegistry>[0] = {}) {
  const registry = new BoosterAgentRegistry({ projectFolder: tmpdir(), ...options });
  onTestFinished(() => registry.shutdown());
  await registry.initialize();
  return registry;
}

/** A pool in which nothing ends until told to. */
function stuckPool(): { readonly pool: Library.AgentPool; readonly calls: (() => void)[] } {
  const calls: (() => void)[] = [];
  const executeTask = (_task: unknown, options: { readonly signal?: AbortSignal }) =>
    new Promise((resolve, reject) => {
      const result = { status: 'unchanged', edits: [], findings: [], failedRules: [], reader: 'none', rounds: 0 };
      const stop = () => {
        reject(new Error('stopped'));
      };
      calls.push(() => {
        resolve(result);
      });
      if (options.signal?.aborted === true) stop();
      options.signal?.addEventListener('abort', stop);
    });
  return { pool: { executeTask } as Library.AgentPool, calls };
}

describe('an agent', () => {
  test('optimises, analyses, merges and refactors', async () => {
    const agent = agentOf();
    expect(await agent.optimizeCode(slow, { language: 'typescript', level: 'aggressive' })).toMatchObject({
      ...{ status: 'rewritten', code: fast },
    });
    const { status, findings } = await agent.analyzeCode(slow, { filename: 'a.ts' });
    expect([status, findings.map(({ ruleId }) => ruleId)]).toEqual(['analyzed', ['slice-index']]);
    expect(await agent.applyEdit({ code: order, edit, language: 'js' })).toMatchObject({ status: 'applied' });
    const refactored = await agent.refactorCode(order + slow.replace(': string[]', ''), { edit, filename: 'a.js' });
    expect(refactored).toMatchObject({ status: 'refactored', code: expect.stringContaining('1 + 1') as string });
  });

  test('analyses as booster analyze does: detectors, too, and how the cost of functions grows', async () => {
    const cache = 'const pages = new Map<string, string>();\n';
    const page = 'export function page(url: string) {\n  pages.set(url, url);\n  return pages.get(url);\n}\n';
    const code = `\uFEFF${cache}${page}`;
    const { status, findings, functions } = await agentOf().analyzeCode(code, { filename: 'a.ts' });
    expect([status, findings.map(({ ruleId }) => ruleId)]).toEqual(['analyzed', ['unbounded-cache']]);
    expect(findings.map(({ start, end }) => code.slice(start, end))).toEqual(['new Map<string, string>()']);
    expect(functions.map(({ name, start }) => [name, code.slice(start, start + 8)])).toEqual([['page', 'function']]);
    expect((await agentOf().analyzeCode('const = ;')).status).toBe('refused');
  });

  test('generates what a description names, and refuses what is not clear with the nearest candidates', async () => {
    const agent = agentOf();
    const schema = { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] };
    const generated = await agent.generateCode({ description: 'validator for User', input: schema });
    expect(generated).toMatchObject({ status: 'generated', generator: 'validator' });
    expect(JSON.stringify(generated)).toContain('export const validateUser');
    const unclear = await agent.generateCode({ description: 'types and a validator for User' });
    expect(unclear).toMatchObject({
      ...{ status: 'refused', refusal: { code: 'E_GENERATE_UNCLEAR', candidates: ['types', 'validator'] } },
    });
    const program = { type: 'code-generation', description: 'Optimized API endpoint' } as const;
    expect(await agent.executeTask({ ...program, input: {} })).toMatchObject({
      status: 'refused',
      error: {
        code: 'E_GENERATE_INPUT',
        message: expect.stringMatching(
          /^route needs an input: .*; route was picked for the words api, endpoint$/,
        ) as string,
      },
    });
    const told = { name: 'User', input: schema, options: { action: 'list' } };
    expect(await agent.executeTask({ ...program, input: told })).toMatchObject({
      status: 'done',
      output: { generator: 'route', files: [{ path: 'user.route.ts' }, { path: 'user.route.test.ts' }] },
    });
    const broken = await agent.executeTask({
      type: 'code-generation',
      input: { generator: 'validator', name: 'User', input: '{' },
    });
    expect(broken).toMatchObject({ status: 'refused', error: { code: 'E_GENERATE_INPUT' } });
    expect(agent.getMetrics()).toMatchObject({ done: 2, refused: 3, failed: 0 });
  });

  test('leaves the code as it was when a refactoring is refused', async () => {
    const stale = '<<<<<<< SEARCH\nnowhere\n=======\nhere\n>>>>>>> REPLACE\n';
    const result = await agentOf().executeTask({
      type: 'refactoring',
      input: { code: order, edit: stale, language: 'js' },
    });
    expect(result).toMatchObject({
      ...{ status: 'refused', output: { status: 'refused', code: order }, error: { code: 'E_APPLY_NOT_FOUND' } },
    });
  });

  test('answers an equal task from memory, says so, and is not changed by who changes the answer', async () => {
    const agent = agentOf();
    const task = { type: 'code-optimization', input: { code: slow, filename: 'a.ts' } } as const;
    expect((await agent.executeTask(task)).run).toMatchObject({ isCached: false });
    const second = await agent.executeTask(task);
    expect(second).toMatchObject({ run: { isCached: true }, output: { code: fast } });
    Object.assign(second.output ?? {}, { code: 'spoilt' });
    expect((await agent.executeTask(task)).output).toMatchObject({ code: fast });
    expect(agent.getMetrics()).toMatchObject({ done: 3, cacheHits: 2, cacheHitRate: 2 / 3, runMs: { count: 1 } });
  });

  test('shows no figure that was not measured', () => {
    const metrics = agentOf().getMetrics();
    expect(Object.keys(metrics)).not.toEqual(expect.arrayContaining(['successRate']));
    expect(metrics).not.toHaveProperty('runMs');
  });

  test('runs no more than it may at a time, times out what waits too long, and tells of each once', async () => {
    const { pool, calls } = stuckPool();
    const agent = agentOf({ pool, maxConcurrentTasks: 2, cacheEntries: 0 });
    const ended: Library.AgentResult[] = [];
    agent.on('task-ended', (result) => ended.push(result));
    const input = { code: slow, filename: 'a.ts' };
    const running = [1, 2].map(() => agent.executeTask({ type: 'code-optimization', input }));
    const late = await agent.executeTask({ type: 'code-optimization', input }, { timeoutMs: 20 });
    expect(late).toMatchObject({ status: 'failed', error: { code: 'E_TASK_TIMEOUT' } });
    expect(agent.getMetrics()).toMatchObject({ running: 2, queued: 0, failedByCode: { E_TASK_TIMEOUT: 1 } });
    for (const end of calls) end();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual(['done', 'done']);
    expect(ended).toHaveLength(3);
  });

  test('fails what it has when it is shut down, and takes nothing any more', async () => {
    const { pool } = stuckPool();
    const agent = agentOf({ pool, maxConcurrentTasks: 1 });
    const input = { code: slow, filename: 'a.ts' };
    const tasks = [1, 2].map(() => agent.executeTask({ type: 'code-optimization', input }));
    await agent.shutdown();
    for (const { error } of await Promise.all(tasks)) expect(error?.code).toBe('E_AGENT_CLOSED');
    await expect(agent.optimizeCode(slow)).rejects.toMatchObject({ code: 'E_AGENT_CLOSED' });
  });

  test('ends a task that is aborted', async () => {
    const { pool } = stuckPool();
    const abort = new AbortController();
    const task = agentOf({ pool }).optimizeCode(slow, { filename: 'a.ts', signal: abort.signal });
    abort.abort();
    await expect(task).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  });

  test('refuses options that make no sense', () => {
    expect(() => new CodeBoosterAgent({ name: '' })).toThrow(expect.objectContaining({ code: 'E_AGENT_OPTIONS' }));
    expect(() => new CodeBoosterAgent(undefined as never)).toThrow(
      expect.objectContaining({ code: 'E_AGENT_OPTIONS', message: expect.stringContaining('name') as string }),
    );
    expect(() => new CodeBoosterAgent({ name: 'x', maxConcurrentTasks: 0 })).toThrow('maxConcurrentTasks');
  });
});

describe('a registry', () => {
  test('finds an agent for each task, and says when there is none', async () => {
    const registry = await registryOf();
    const input = { code: slow, filename: 'a.ts' };
    const nobody = await registry.executeTask({ type: 'code-optimization', input });
    expect(nobody).toMatchObject({ status: 'failed', error: { code: 'E_AGENT_NONE' } });
    const agent = await registry.createAgent('code-booster', { name: 'High-Performance Coder' });
    const done = await registry.executeTask({ type: 'code-optimization', input });
    expect(done).toMatchObject({ status: 'done', agent: { id: agent.id, name: 'High-Performance Coder' } });
    expect(registry.getMetrics()).toMatchObject({ done: 1, failed: 1, routingMs: { count: 1 } });
  });

  test('reads the profiles of a project, and names the broken ones', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'booster-profiles-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    mkdirSync(join(folder, '.claude', 'agents'), { recursive: true });
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, '.claude', 'agents', name), text);
    };
    write('fast.md', '---\nname: fast\ndescription: x\nbooster:\n  capabilities: [refactoring]\n---\n');
    write('other.md', '---\nname: other\ndescription: x\n---\n');
    write('broken.md', 'nothing');
    const registry = await registryOf({ projectFolder: folder });
    expect((await registry.createAgent('fast')).capabilities).toEqual(['refactoring']);
    await expect(registry.createAgent('other')).rejects.toMatchObject({ code: 'E_AGENT_PROFILE' });
    await expect(registry.createAgent('fats')).rejects.toMatchObject({
      message: expect.stringContaining('broken.md') as string,
    });
  });

  test('tries a task once more on another agent when its agent is shut down under it', async () => {
    const { pool } = stuckPool();
    const registry = await registryOf();
    const first = new CodeBoosterAgent({ name: 'first', pool });
    registry.register(first);
    const task = registry.executeTask({ type: 'code-optimization', input: { code: slow, filename: 'a.ts' } });
    await registry.createAgent('code-booster', { name: 'second' });
    await first.shutdown();
    expect(await task).toMatchObject({ status: 'done', agent: { name: 'second' }, retriedAfter: 'E_AGENT_CLOSED' });
  });

  test('gives every task one end while instances die, and a task that kills its instance a code', async () => {
    const pool = new WASMInstanceManager({
      ...{ maximum: 2, memoryLimitBytes: 256 * 2 ** 20, taskTimeoutMs: 60_000, workerUrl: killWorker },
    });
    onTestFinished(() => pool.shutdown());
    const registry = await registryOf({ pool });
    for (const name of ['one', 'two']) await registry.createAgent('code-booster', { name, cacheEntries: 0 });
    const run = (code: string) =>
      registry.executeTask({ type: 'code-optimization', input: { code, filename: 'a.ts' } });
    const results = await Promise.all(Array.from({ length: 60 }, (_, index) => run(index === 30 ? poison : slow)));
    expect(results.filter(({ status }) => status === 'done')).toHaveLength(59);
    expect(results[30]).toMatchObject({ status: 'failed', error: { code: 'E_TASK_QUARANTINED' } });
  });

  test('leaves nothing that keeps a process alive, shut down or not', () => {
    for (const end of ['await registry.shutdown();', '']) {
      const program = `
        import { BoosterAgentRegistry } from 'code-booster';
        const registry = new BoosterAgentRegistry();
        const started = performance.now();
        await registry.initialize();
        const agent = await registry.createAgent('code-booster');
        const input = { code: ${JSON.stringify(slow)}, filename: 'a.ts' };
        const task = { type: 'code-optimization', input };
        const results = await Promise.all([1, 2, 3].map(() => registry.executeTask(task)));
        console.log(results.map(({ status }) => status).join());
        ${end}`;
      const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        ...{ cwd: root, encoding: 'utf8', timeout: 50_000 },
      });
      expect({ stdout, stderr, status }).toEqual({ stdout: 'done,done,done\n', stderr: '', status: 0 });
    }
  });
});
