import { execaNode } from 'execa';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { Project, bin } from '../../cli/project.ts';
import type { Run } from '../../cli/project.ts';

/** A pool in the foreground, as a child of the test. */
export interface RunningPool {
  readonly pid: number;
  /** What it says first: that it is ready, or that one runs already. */
  readonly firstLine: Promise<string>;
  readonly ended: Promise<Run>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** A project with a runtime folder of its own, so that its pool is nobody else's. */
export class ResidentProject extends Project {
  readonly runtime: string = join(this.folder, '.run');
  readonly #pools: RunningPool[] = [];

  constructor() {
    super();
    mkdirSync(this.runtime, { mode: 0o700 });
    this.write('package.json', '{}');
    this.write('slow.ts', slowCode);
  }

  override get environment(): Record<string, string> {
    // a kept result would answer before the pool is asked
    const state = { XDG_STATE_HOME: join(this.folder, '.state'), BOOSTER_CACHE: 'never' };
    return { ...super.environment, XDG_RUNTIME_DIR: this.runtime, ...state };
  }

  /** Starts `booster pool run`; with `from`, that of another copy of the program. */
  startPool(args: readonly string[] = [], from: string = bin): RunningPool {
    const child = execaNode(from, ['pool', 'run', '--min', '1', ...args], {
      cwd: this.folder,
      env: this.environment,
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
      nodeOptions: [],
    });
    const lines = createInterface(child.stdout);
    const firstLine = new Promise<string>((resolve) => {
      lines.once('line', resolve).once('close', () => {
        resolve('');
      });
    });
    const ended = child.then(({ stdout, stderr, exitCode }) => ({ stdout, stderr, exitCode }));
    const pool: RunningPool = { pid: child.pid ?? 0, firstLine, ended, kill: (signal) => void child.kill(signal) };
    this.#pools.push(pool);
    return pool;
  }

  async readyPool(args?: readonly string[]): Promise<RunningPool> {
    const pool = this.startPool(args);
    const line = await pool.firstLine;
    if (!line.includes('instances ready')) throw new Error(`no pool: ${line} ${(await pool.ended).stderr}`);
    return pool;
  }

  /** `booster optimize slow.ts` with the report for machines; with `from`, by another copy of the program. */
  async optimize(from: string = bin): Promise<OptimizedFile> {
    const { stdout, exitCode, stderr } = await this.runWith(from, ['optimize', 'slow.ts', '--reporter', 'json']);
    if (exitCode !== 0) throw new Error(`booster ended with ${String(exitCode)}: ${stderr}`);
    return (JSON.parse(stdout) as { files: [OptimizedFile] }).files[0];
  }

  /**
   * The same until the pool has done the work, at most ten times: a command leaves a pool alone that does not answer within 20 ms,
   * which can happen on a machine that is busy.
   */
  async optimizeInPool(from: string = bin): Promise<OptimizedFile> {
    for (let attempt = 1; ; attempt += 1) {
      const file = await this.optimize(from);
      if (file.ranIn === 'resident' || attempt === 10) return file;
    }
  }

  /** Runs a command of a copy of the program. */
  async runWith(from: string, args: readonly string[]): Promise<Run> {
    const { stdout, stderr, exitCode } = await execaNode(from, args, {
      cwd: this.folder,
      env: this.environment,
      extendEnv: false,
      reject: false,
      nodeOptions: [],
    });
    return { stdout, stderr, exitCode };
  }

  /** What is in the runtime folder. */
  leftovers(): string[] {
    return readdirSync(this.runtime, { recursive: true, encoding: 'utf8' });
  }

  socketPath(): string {
    const name = this.leftovers().find((path) => /\/\d+-[0-9a-f]+$/.test(path));
    if (name === undefined) throw new Error('there is no socket');
    return join(this.runtime, name);
  }

  log(): string {
    const folder = join(this.folder, '.state', 'booster');
    if (!existsSync(folder)) return '';
    return readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
  }

  async endPools(): Promise<void> {
    for (const { kill } of this.#pools) {
      kill('SIGCONT');
      kill('SIGKILL');
    }
    await Promise.all(this.#pools.map(({ ended }) => ended));
    await this.run(['pool', 'stop']);
    this.remove();
  }
}

export interface OptimizedFile {
  readonly status: string;
  readonly edits: readonly unknown[];
  readonly findings: readonly unknown[];
  readonly ranIn?: string;
  readonly fellBack?: string;
}

const slowCode = 'export const hit = (xs: string[]) => [...new Set(xs)].length;\n';
