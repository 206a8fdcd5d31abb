import type { Resolution } from '../config/resolve-config.ts';
import type { SourceLanguage } from '../engine/merge/source-language.ts';
import { folderProblem } from '../files/folder-access.ts';
import { asBoosterError, errorTable } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import type { TaskPool } from './pool-port.ts';
import type { Check } from './doctor-check.ts';
import { redisCheck } from './redis-check.ts';
import { configuredPlace } from './store-settings.ts';

type DoctorIo = Pick<Io, 'cwd' | 'env' | 'nodeVersion' | 'platform' | 'userId' | 'processId' | 'build'>;

/** Looks at the machine, and does one real piece of work with each engine. Never rejects. */
export async function diagnose(resolution: Resolution, pool: TaskPool, io: DoctorIo): Promise<readonly Check[]> {
  const checks: Check[] = [nodeCheck(io), { name: 'platform', status: 'ok', detail: io.platform }];
  checks.push(await rewriteCheck(pool));
  for (const sample of samples) checks.push(await mergeCheck(pool, sample));
  return [...checks, storeCheck(resolution, io), await redisCheck(resolution.config.redis)];
}

const leastNode = [20, 19] as const;

function nodeCheck({ nodeVersion, build }: DoctorIo): Check {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isNewEnough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const detail = `${nodeVersion}, build ${build === '' ? 'unknown' : build.slice(0, 8)}`;
  if (isNewEnough) return { name: 'node', status: 'ok', detail };
  return { name: 'node', status: 'fail', detail, remedy: `use Node ${leastNode.join('.')} or newer` };
}

/** A parse, a rewrite and the gate. */
async function rewriteCheck(pool: TaskPool): Promise<Check> {
  const text = 'export const last = (xs: string[]) => xs.slice(-1)[0];\n';
  const request = { text, language: 'typescript', level: 'safe', rules: ['slice-index'] } as const;
  return attempt('optimize', async () => {
    const { status } = await pool.executeTask({ kind: 'optimize', request }, { where: 'in-process' });
    return status === 'rewritten' ? 'parsed and rewrote a text' : { problem: `a text that is slow was ${status}` };
  });
}

interface Sample {
  readonly language: SourceLanguage;
  readonly text: string;
  readonly edit: string;
}

/** Two functions each, of which the edit changes one. */
const samples: readonly Sample[] = [
  ...(['javascript', 'jsx', 'typescript', 'tsx'] as const).map((language) =>
    sample(language, '//', (name, value) => `function ${name}() {\n  return ${value};\n}`),
  ),
  sample('python', '#', (name, value) => `def ${name}():\n    return ${value}`),
  sample('go', '//', (name, value) => `func ${name}() int {\n\treturn ${value}\n}`, 'package main\n\n'),
  sample('rust', '//', (name, value) => `fn ${name}() -> i32 {\n    ${value}\n}`),
  sample('java', '//', (name, value) => `class ${name} {\n    int value = ${value};\n}`),
  sample('c', '//', (name, value) => `int ${name}(void) {\n    return ${value};\n}`),
  sample('cpp', '//', (name, value) => `int ${name}() {\n    return ${value};\n}`),
];

function sample(
  language: SourceLanguage,
  comment: string,
  code: (name: string, value: string) => string,
  head = '',
): Sample {
  return {
    language,
    text: `${head}${code('One', '1')}\n\n${code('Two', '2')}\n`,
    edit: `${comment} ... existing code ...\n\n${code('Two', '2 + 2')}\n`,
  };
}

/** A parse of the text and of the result, and a merge in between. */
async function mergeCheck(pool: TaskPool, { language, text, edit }: Sample): Promise<Check> {
  const request = { text, edit, language, strictness: 'balanced' } as const;
  return attempt(`apply ${language}`, async () => {
    const result = await pool.executeTask({ kind: 'apply', request }, { where: 'in-process' });
    if (result.status !== 'applied') return { problem: `an edit that fits was ${result.status}` };
    const code = result.fellBack?.code;
    return code === undefined
      ? 'parsed and merged an edit'
      : { problem: `merged by lines, without a parser (${code})` };
  });
}

async function attempt(name: string, run: () => Promise<string | { readonly problem: string }>): Promise<Check> {
  try {
    const detail = await run();
    if (typeof detail === 'string') return { name, status: 'ok', detail };
    return { name, status: 'fail', detail: detail.problem, remedy: 'reinstall the package' };
  } catch (error) {
    const { code, message } = asBoosterError(error);
    return { name, status: 'fail', detail: `${message} (${code})`, remedy: errorTable[code].remedy };
  }
}

function storeCheck(resolution: Resolution, io: DoctorIo): Check {
  const name = 'store';
  if (resolution.config.records.keep === 'never') return { name, status: 'ok', detail: 'runs are not recorded' };
  const remedy = 'name a folder with --store or records.store, or switch it off with --no-record';
  try {
    const place = configuredPlace(resolution, io);
    if (place === undefined)
      return { name, status: 'warn', detail: 'no place for records: runs are not recorded', remedy };
    const problem = folderProblem(place.folder);
    if (problem !== undefined) return { name, status: 'warn', detail: `${problem}: runs are not recorded`, remedy };
    return { name, status: 'ok', detail: place.folder };
  } catch (error) {
    return { name, status: 'warn', detail: asBoosterError(error).message, remedy };
  }
}
