import { customRulesFolder } from '../../app/custom/custom-rules-folder.ts';
import { readCustomRules } from '../../app/custom/custom-rules.ts';
import type { CustomRuleFile, CustomTest } from '../../app/custom/read-custom-rule.ts';
import type { TaskPool } from '../../app/pool-port.ts';
import { withRuntime } from '../../app/runtime.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { applyEdits } from '../../engine/edit.ts';
import { nearestFolder } from '../../files/data-files.ts';
import { rules } from '../../rules/index.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { counted } from '../reporters/summary-text.ts';
import { visibleText } from '../visible-text.ts';

/** `booster rules test`: a line for each rule of the project, and what it did instead for each test that fails. */
export async function runRulesTest(io: Io): Promise<ExitCode> {
  const folder = nearestFolder(io.cwd, customRulesFolder);
  const taken = new Set(rules.map(({ meta }) => meta.id));
  const found = folder === undefined ? [] : await readCustomRules(folder, io.cwd, taken);
  if (found.length === 0) {
    throw new BoosterError('E_FILE_NOT_FOUND', `${customRulesFolder} has no rules (*.json, *.yaml)`, {
      path: customRulesFolder,
    });
  }
  const { config } = await resolveConfig({ flags: {}, env: io.env, cwd: io.cwd, isolated: true });
  let failed = 0;
  await withRuntime(config, io, async ({ open }) => {
    const { pool } = open(1);
    for (const rule of found) {
      const failures = await failuresOf(pool, rule, io);
      failed += failures.length;
      const result =
        failures.length === 0
          ? counted(rule.tests.length, 'test')
          : `${String(failures.length)} of ${counted(rule.tests.length, 'test')} failed`;
      io.stdout.write(`${failures.length === 0 ? 'ok' : 'not ok'} ${rule.data.id} (${result})\n${failures.join('')}`);
    }
  });
  return failed === 0 ? exitCodes.done : exitCodes.somethingToDo;
}

async function failuresOf(pool: TaskPool, { data, tests }: CustomRuleFile, io: Io): Promise<string[]> {
  const failures: string[] = [];
  for (const test of tests) {
    const result = await pool.executeTask(
      {
        kind: 'optimize',
        request: { text: test.before, language: 'tsx', level: 'aggressive', rules: [data.id], custom: [data] },
      },
      { where: 'in-process', signal: io.signal },
    );
    const [failure] = result.failedRules;
    const problem = result.reason?.message ?? failure?.message;
    const became = applyEdits(test.before, result.edits);
    if (problem !== undefined || became !== (test.after ?? test.before))
      failures.push(failureText(test, became, problem));
  }
  return failures;
}

function failureText({ before, after }: CustomTest, became: string, problem: string | undefined): string {
  const rows = [
    ['before', before],
    ['expected', after ?? before],
    ['became', problem === undefined ? became : `(${problem})`],
  ] as const;
  return rows
    .map(([name, text]) => `  ${name.padEnd(8)} | ${visibleText(text.trimEnd()).replaceAll('\n', '\n           | ')}\n`)
    .join('');
}
