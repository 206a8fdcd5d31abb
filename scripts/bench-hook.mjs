// A hook call on files of 500 lines and more, cold, beside `node -e 0` in one run; and 100 calls at once
//
// npm run bench -- hook [--json] [--write] [--rounds N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md
// --rounds N  rounds (default 20)
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hookRows, reportSection, reportText } from './agents-report.mjs';
import { interleave } from './interleave.mjs';
import { withPart } from './page-part.mjs';
import { bin, pickFiles, readSlow, reportOf, writeTree } from './optimize-inputs.mjs';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
  },
});
const rounds = Number(flags.rounds);
const calls = 100;

/** Code that the edit of each row put in, and what stood there before. */
const edit = { after: 'const newest = (xs: string[]) => xs.slice(-1)[0];', before: 'const newest = 1;' };

function eventOf(path, cwd) {
  return JSON.stringify({
    session_id: 'bench',
    transcript_path: '/dev/null',
    cwd,
    hook_event_name: 'PostToolUse',
    tool_name: 'Edit',
    tool_use_id: 'toolu_bench',
    tool_input: { file_path: path, old_string: edit.before, new_string: edit.after },
    tool_response: { filePath: path },
  });
}

/** Each row has a code cache of its own, as after a first call on such a file. */
function environment(folder, cache) {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, cache), NO_COLOR: '1' };
  delete env.NODE_EXTRA_CA_CERTS;
  return env;
}

/** `quiet`: no rule's trigger text occurs · `clean`: parsed, nothing found · `one`: the edit brings a finding · `slow`: so it does in a file full of them. */
function writeProject(folder, { quiet, clean }) {
  const project = join(folder, 'project');
  mkdirSync(project);
  const texts = { quiet, clean, one: `${clean}\n${edit.after}\n`, slow: `${clean}\n${readSlow()}\n${edit.after}\n` };
  const commands = { 'node -e 0': { args: ['-e', '0'], cwd: project, env: environment(folder, 'cache') } };
  for (const [name, text] of Object.entries(texts)) {
    const path = join(project, `${name}.ts`);
    writeFileSync(path, text);
    const args = [bin, 'hook', '--isolated', '--no-resident'];
    const label = `hook, ${name} (${text.split('\n').length - 1} lines)`;
    commands[label] = { args, cwd: project, env: environment(folder, name), input: eventOf(path, project) };
  }
  return commands;
}

function call({ args, cwd, env, input }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.on('close', (status) => resolve({ status, stdout, ms: performance.now() - started }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

async function callAtOnce(command) {
  const given = { ...command, args: [...command.args, '--timeout', '60000'] };
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: calls }, () => call(given)));
  const right = answers.filter(
    ({ status, stdout }) => status === 0 && JSON.parse(stdout).hookSpecificOutput !== undefined,
  );
  if (right.length < calls) throw new Error(`of ${calls} calls at once, ${right.length} were answered`);
  return { calls, totalMs: performance.now() - started };
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'booster-bench-')));
try {
  const tree = join(folder, 'tree');
  writeTree(tree, 600);
  const commands = writeProject(folder, pickFiles(tree, reportOf(tree, environment(folder, 'cache'))));
  const options = { rounds, base: 'node -e 0', warmUp: 2 };
  const wall = interleave(commands, options);
  const processor = interleave(commands, { ...options, clock: 'processor' });
  const atOnce = await callAtOnce(Object.values(commands).at(-2));
  const rows = hookRows({ wall, processor, atOnce });
  if (flags.write) {
    const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
    const about =
      'One process for each call, taking turns with `node -e 0`, a ratio within a turn. The code cache of V8 is filled, there is no resident pool and ' +
      'no kept result.';
    const section = reportSection(rows, { title: 'Hook', command: 'hook', about });
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'hook', section));
  }
  console.log(flags.json ? JSON.stringify({ wall, processor, atOnce }, null, 2) : reportText(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
