import { BoosterError } from '../shared/errors.ts';

/** The number behind a flag; `undefined` when the flag was not given. @throws BoosterError E_CLI_USAGE */
export function readInteger(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new BoosterError('E_CLI_USAGE', `${flag}: '${text}' is not a whole number from ${least} to ${most}`);
}
