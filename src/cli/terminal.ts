import type { Io } from '../shared/io.ts';

/** Colours for one stream; the identity when it has none. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

export type ColorSetting = 'auto' | 'always' | 'never';

/** Where a colour setting comes from: a flag beats the environment, the environment beats a file. */
export interface ColorChoice {
  readonly setting: ColorSetting;
  readonly fromFlag: boolean;
}

/** What is known about the terminal behind one stream. */
export interface Terminal {
  readonly paint: Paint;
  readonly colored: boolean;
  readonly isTTY: boolean;
  /** `false` when `columns` is a guess. */
  readonly reportsColumns: boolean;
  /** Characters per line; at least 20. */
  readonly columns: number;
}

type Environment = Io['env'];

/** `width` when a terminal reports no columns or 0 of them. */
const defaultColumns = 80;
const minimumColumns = 20;

/** Flag > NO_COLOR > FORCE_COLOR and CLICOLOR_FORCE > configuration > TERM=dumb > TTY. */
export function usesColor(choice: ColorChoice, env: Environment, isTTY: boolean): boolean {
  if (choice.fromFlag && choice.setting !== 'auto') return choice.setting === 'always';
  if (isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (isSet(env['CLICOLOR_FORCE']) && env['CLICOLOR_FORCE'] !== '0') return true;
  if (choice.setting !== 'auto') return choice.setting === 'always';
  return env['TERM'] !== 'dumb' && isTTY;
}

/** Nobody watches a spinner in CI, and an agent pays for every frame of it. */
const automationVariables = [
  'CI',
  'AI_AGENT',
  'CLAUDECODE',
  'CODEX_SANDBOX',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'OPENCODE',
] as const;

export function isAutomated(env: Environment): boolean {
  return automationVariables.some((name) => isSet(env[name]) && env[name] !== 'false' && env[name] !== '0');
}

/** chalk is loaded only when there is something to colour. */
export async function openTerminal(
  stream: NodeJS.WriteStream,
  choice: ColorChoice,
  env: Environment,
): Promise<Terminal> {
  // Streams that are not terminals have no such properties, whatever their type says.
  const { isTTY, columns } = stream as { readonly isTTY?: boolean; readonly columns?: number };
  const onTerminal = isTTY ?? false;
  const colored = usesColor(choice, env, onTerminal);
  const reportsColumns = columns !== undefined && columns > 0;
  return {
    paint: colored ? await loadPaint() : plainPaint,
    colored,
    isTTY: onTerminal,
    reportsColumns,
    columns: Math.max(minimumColumns, reportsColumns ? columns : defaultColumns),
  };
}

const same = (text: string): string => text;

export const plainPaint: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

/** A file: no colours, and nothing to fit. */
export const plainTerminal: Terminal = {
  paint: plainPaint,
  colored: false,
  isTTY: false,
  reportsColumns: false,
  columns: 120,
};

/** Sixteen colours are all that is used, so level 1 fits every terminal. */
async function loadPaint(): Promise<Paint> {
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
