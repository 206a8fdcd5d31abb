import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { rules } from '../../src/rules/index.ts';

export const bin = fileURLToPath(new URL('../../bin/booster.cjs', import.meta.url));

interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Standard input stays open, and nothing comes. */
  readonly holdsInput?: boolean;
}

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** A folder of its own for a test, with the real command in it. Call `remove` in the end. */
export class Project {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'booster-cli-'));

  /** Nothing of the environment that runs the tests reaches the command but the search path. */
  get environment(): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '', HOME: join(this.folder, '.home'), XDG_CACHE_HOME: cacheFolder };
  }

  start(args: readonly string[], { input, env, cwd, holdsInput = false }: RunOptions = {}) {
    return execa(process.execPath, [bin, ...args], {
      cwd: cwd === undefined ? this.folder : join(this.folder, cwd),
      env: { ...this.environment, ...env },
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
      ...(holdsInput ? {} : { input: input ?? '' }),
    });
  }

  async run(args: readonly string[], options?: RunOptions): Promise<Run> {
    const { stdout, stderr, exitCode } = await this.start(args, options);
    return { stdout, stderr, exitCode };
  }

  async git(...args: string[]): Promise<void> {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', '-c', 'commit.gpgsign=false'];
    await execa('git', [...identity, ...args], { cwd: this.folder, env: this.environment, extendEnv: false });
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One code cache for all tests of a run, so that most starts are warm ones, as for a user. */
const cacheFolder = mkdtempSync(join(tmpdir(), 'booster-cli-cache-'));

const safeRule = rules.find(({ meta }) => meta.tier === 'safe' && meta.languages.includes('typescript'));
if (safeRule === undefined) throw new Error('there is no safe rule for TypeScript to test the command line with');

/** A rule that needs no more than the level `safe`; tests run it alone, so that other rules cannot change what they see. */
export const ruleId = safeRule.meta.id;

/** Code that the rule rewrites, and what it becomes. */
export const before = safeRule.meta.example.before;
export const after = safeRule.meta.example.after;
