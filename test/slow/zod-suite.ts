import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { zodConfig } from '../../scripts/corpus-tests.mjs';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Runs the tests that zod ships with its sources, in a folder that holds `src`. Gives a line for each test with its
 * outcome, sorted. Files that need packages which are not installed here give a line of their own.
 */
export async function runZodTests(folder: string): Promise<string[]> {
  const reportFile = join(folder, 'report.json');
  mkdirSync(folder, { recursive: true });
  symlinkSync(modules, join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'vitest.config.mjs'), zodConfig(''));
  const vitest = join(modules, 'vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${reportFile}`];
  const { exitCode, all } = await execa(process.execPath, args, {
    cwd: folder,
    env: { CI: 'true' },
    all: true,
    reject: false,
  });
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`zod's tests did not run: ${all}`);
  const { testResults } = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  return testResults
    .flatMap(({ name, message, assertionResults }) => {
      const file = name.slice(name.indexOf('/src/') + 1);
      const tests = assertionResults.map(({ fullName, status }) => `${file} ${fullName}: ${status}`);
      return tests.length > 0 ? tests : [`${file}: ${message.replaceAll(folder, '')}`];
    })
    .sort();
}
