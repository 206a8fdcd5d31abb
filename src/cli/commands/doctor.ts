import { diagnose } from '../../app/doctor.ts';
import type { Check } from '../../app/doctor-check.ts';
import { withRuntime } from '../../app/runtime.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { Resolution } from '../../config/resolve-config.ts';
import { settingKeys } from '../../config/settings.ts';
import { asBoosterError, errorTable } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { openTerminal } from '../terminal.ts';
import type { ColorSetting, Paint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

/** Options of `booster doctor`. */
export interface DoctorFlags {
  readonly json?: true;
  readonly color?: ColorSetting;
}

/** `booster doctor`: exit code 1 when something fails. */
export async function runDoctor(flags: DoctorFlags, io: Io): Promise<ExitCode> {
  const terminal = await openTerminal(io.stdout, { setting: flags.color ?? 'auto', fromFlag: true }, io.env);
  const { check, resolution } = await readConfiguration(io);
  const looked = await withRuntime(resolution.config, io, ({ open }) => diagnose(resolution, open(1).pool, io));
  const width = terminal.reportsColumns ? `${String(terminal.columns)} columns` : 'no width told';
  const terminalDetail = terminal.isTTY ? `a terminal, ${width}, colours ${terminal.colored ? 'on' : 'off'}` : 'none';
  const checks: Check[] = [...looked, check, { name: 'terminal', status: 'ok', detail: terminalDetail }];
  const isHealthy = checks.every(({ status }) => status !== 'fail');
  io.stdout.write(
    flags.json
      ? `${JSON.stringify({ schemaVersion, ok: isHealthy, checks, settings: resolution.origins }, undefined, 2)}\n`
      : checksText(checks, resolution, terminal.paint),
  );
  return isHealthy ? exitCodes.done : exitCodes.somethingToDo;
}

/** A configuration that cannot be read is a finding; the rest is then looked at without it. The resident pool is left alone. */
async function readConfiguration({
  env,
  cwd,
}: Io): Promise<{ readonly check: Check; readonly resolution: Resolution }> {
  const flags = { 'pool.resident': 'never' } as const;
  const name = 'configuration';
  try {
    const resolution = await resolveConfig({ env, cwd, flags });
    return { resolution, check: { name, status: 'ok', detail: resolution.file?.name ?? 'no file: defaults' } };
  } catch (error) {
    const { code, message } = asBoosterError(error);
    const resolution = await resolveConfig({ cwd, flags, isolated: true });
    return { resolution, check: { name, status: 'fail', detail: message, remedy: errorTable[code].remedy } };
  }
}

function checksText(checks: readonly Check[], { origins }: Resolution, paint: Paint): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const marks = { ok: paint.green('ok  '), warn: paint.yellow('warn'), fail: paint.red('fail') };
  const lines = checks.flatMap(({ name, status, detail, remedy }) => [
    `${marks[status]}  ${name.padEnd(width)}  ${visibleLine(detail)}`,
    ...(remedy === undefined ? [] : [`      ${' '.repeat(width)}  help: ${remedy}`]),
  ]);
  // --no-resident is ours here
  const set = settingKeys.filter((key) => origins[key] !== 'default' && key !== 'pool.resident');
  const from = set.map((key) => `      ${key}  ${paint.dim(origins[key])}`);
  const others = `      ${from.length === 0 ? 'all' : 'all others'}  ${paint.dim('default')}`;
  return `${[...lines, 'settings, and where they come from:', ...from, others].join('\n')}\n`;
}
