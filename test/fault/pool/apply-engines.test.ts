import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import { Engines } from '../../../src/pool/engines.ts';
import { runGuarded } from '../../../src/pool/guard.ts';
import { MergeEngines } from '../../../src/pool/merge-engines.ts';
import { EngineInstance } from '../../../src/wasm/agent-booster/engine-instance.ts';
import type { EngineInput } from '../../../src/wasm/agent-booster/engine-instance.ts';

const memoryLimitBytes = 512 * 2 ** 20;
const text = 'function a(x) {\n  return x + 1;\n}\n\nfunction b(x) {\n  return x * 2;\n}\n';
const edit = 'function a(x) {\n  return x + 2;\n}';
const question = { text, edit, language: 'jsx' } as const;
const right = { text: text.replace('x + 1', 'x + 2') };

/** An input that the real engine works on for minutes; its own door would not let it in. */
const endless: EngineInput = {
  text: `function f() {\n${'call(one, two);\n'.repeat(50_000)}}\n`,
  edit: `function g() {\n${'call(one, two);\n'.repeat(50_000)}}`,
  language: 'jsx',
};

/** One on which it traps. */
const trapping: EngineInput = {
  text: 'def greet(name):\r\n    a = 1\r\n    b = 2\r\n    return "éééééééé"#\r\nx = 1\r\n',
  edit: 'def greet(name):\n    a = 1\n    b = 2\n    return "ééééé"\n',
  language: 'python',
};

/** The next so many calls of the real engine get this input instead of their own. */
function sabotage(input: EngineInput, calls: number): void {
  const run = EngineInstance.prototype.run;
  const spy = vi.spyOn(EngineInstance.prototype, 'run');
  for (let call = 0; call < calls; call += 1) {
    spy.mockImplementationOnce(function (this: EngineInstance) {
      return run.call(this, input);
    });
  }
  onTestFinished(() => {
    spy.mockRestore();
  });
}

describe('agent-booster in an instance', () => {
  test('is replaced alone after a trap: the next edit finds a new one', () => {
    const engines = new Engines({ memoryLimitBytes });
    const merging = new MergeEngines(engines);
    sabotage(trapping, 1);
    expect(merging.propose(question)).toEqual({ refusal: 'agent-booster trapped' });
    expect(engines.isPoisoned).toBe(false);
    expect(merging.propose(question)).toEqual(right);
  });

  test('is interrupted when it hangs, and replaced alone', () => {
    const engines = new Engines({ memoryLimitBytes });
    const merging = new MergeEngines(engines);
    sabotage(endless, 1);
    expect(merging.propose(question)).toEqual({ refusal: expect.stringContaining('no answer within') as string });
    expect(engines.isPoisoned).toBe(false);
    expect(merging.propose(question)).toEqual(right);
  });

  test('is left alone after two failures', () => {
    const merging = new MergeEngines(new Engines({ memoryLimitBytes }));
    sabotage(trapping, 2);
    merging.propose(question);
    merging.propose(question);
    expect(merging.propose(question)).toEqual({ refusal: 'agent-booster failed too often' });
  });

  test('hides no mistake of this program', () => {
    const spy = vi.spyOn(EngineInstance.prototype, 'run').mockImplementation(() => {
      throw new TypeError('a mistake');
    });
    onTestFinished(() => {
      spy.mockRestore();
    });
    expect(() => new MergeEngines(new Engines({ memoryLimitBytes })).propose(question)).toThrow(TypeError);
  });

  test('counts in the memory of the instance, within its limit', () => {
    const engines = new Engines({ memoryLimitBytes });
    const merging = new MergeEngines(engines);
    expect(engines.memory).toEqual({ usedBytes: 0, baseBytes: 0 });
    merging.propose(question);
    const { usedBytes, baseBytes } = engines.memory;
    expect(baseBytes).toBeGreaterThan(2 ** 20);
    expect(usedBytes).toBeGreaterThanOrEqual(baseBytes);
    expect(usedBytes).toBeLessThanOrEqual(memoryLimitBytes / 16);
  });

  test('is not started where the memory limit leaves too little for it', () => {
    const engines = new Engines({ memoryLimitBytes: 64_000_000 });
    const merging = new MergeEngines(engines);
    expect(merging.propose(question)).toEqual({ refusal: 'the memory limit leaves nothing for agent-booster' });
    expect(engines.memory.usedBytes).toBe(0);
  });

  test('that hangs does not outlive the deadline of its task', () => {
    const merging = new MergeEngines(new Engines({ memoryLimitBytes }));
    sabotage(endless, 1);
    const timedOut: unknown = expect.objectContaining({ code: 'E_TASK_TIMEOUT', data: { timeoutMs: 30 } });
    expect(() => runGuarded(() => merging.propose(question), { timeoutMs: 30, interruptOnSigint: false })).toThrow(
      timedOut,
    );
  });
});

describe('a parser that traps under an edit', () => {
  test('costs the instance, not the edit: lines are merged, and the next task gets a new instance', async () => {
    const pool = new WASMInstanceManager({ maximum: 1, memoryLimitBytes, taskTimeoutMs: 20_000 });
    onTestFinished(() => pool.shutdown());
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const file = `first line;\nsecond line;\nconst deep = ${deep};\nthird line;\nfourth line;\n`;
    const request = {
      text: file,
      edit: '// ... existing code ...\nthird line;\nnew line;\nfourth line;\n',
      language: 'jsx',
      strictness: 'balanced',
    } as const;
    for (const where of ['in-process', 'worker'] as const) {
      expect(await pool.executeTask({ kind: 'apply', request }, { where })).toMatchObject({
        status: 'applied',
        engine: 'fallback',
        fellBack: { code: 'E_FILE_TOO_DEEP' },
      });
      const small = { ...request, text: 'a();\nb();\nc();\n', edit: 'a();\nb(1);\nc();\n' };
      expect(await pool.executeTask({ kind: 'apply', request: small }, { where })).toMatchObject({ engine: 'merge' });
    }
  });
});
