import { join } from 'node:path';
import { proofFolder } from '../../app/proof/proof-folder.ts';
import { abandonedProofs, recoverProofs } from '../../app/proof/recover-proofs.ts';
import type { RecoveredProofs } from '../../app/proof/recover-proofs.ts';
import { configuredPlace } from '../../app/store-settings.ts';
import type { Resolution } from '../../config/resolve-config.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { programName } from '../invocation.ts';
import type { OptimizeFlags } from '../program.ts';
import { counted } from '../reporters/summary-text.ts';
import { openTerminal } from '../terminal.ts';
import type { Paint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

/**
 * Deals with what a killed run has left in files of this folder: --recover and --write put it back, anything else says so.
 * Gives the exit code when the command ends with that.
 */
export async function settleAbandoned(
  flags: OptimizeFlags,
  resolution: Resolution,
  io: Io,
): Promise<ExitCode | undefined> {
  const place = configuredPlace(resolution, io);
  const folder = place === undefined ? undefined : join(place.folder, proofFolder);
  const { journals, damaged } = folder === undefined ? { journals: [], damaged: [] } : abandonedProofs(folder, io);
  const { config, origins } = resolution;
  const color = { setting: config.color, fromFlag: origins.color.startsWith('flag') };
  const { paint } = await openTerminal(io.stderr, color, io.env);
  const say = (text: string): void => void io.stderr.write(text);
  for (const path of damaged) {
    say(
      `${paint.yellow('warning:')} ${visibleLine(path)}: the journal of an interrupted run is damaged (E_PROOF_JOURNAL)\n`,
    );
  }
  if (journals.length === 0 || folder === undefined) {
    if (flags.recover !== true) return undefined;
    say('Nothing to put back: no killed run has left rewrites here\n');
    return damaged.length > 0 ? exitCodes.failure : exitCodes.done;
  }
  if (flags.recover !== true && flags.write !== true) {
    const files = journals.reduce((sum, journal) => sum + journal.files.length, 0);
    say(
      `${paint.yellow('warning:')} a killed run may have left rewrites in ${counted(files, 'file')} that nothing has proven; ` +
        `\`${programName(io.env)} optimize --recover\` puts them back\n`,
    );
    return undefined;
  }
  const recovered = await recoverProofs(folder, journals);
  say(recoveredText(recovered, paint));
  if (recovered.failed.length > 0) return exitCodes.failure;
  return flags.recover === true ? exitCodes.done : undefined;
}

function recoveredText({ restored, changed, failed }: RecoveredProofs, paint: Paint): string {
  const lines = [`Put back what a killed run had left in ${counted(restored.length, 'file')}`];
  for (const path of restored) lines.push(`  ${visibleLine(path)}`);
  for (const path of changed) {
    lines.push(
      `${paint.yellow('left alone:')} ${visibleLine(path)}: was changed since; it may hold rewrites that nothing has proven`,
    );
  }
  for (const path of failed)
    lines.push(`${paint.red('error:')} ${visibleLine(path)}: could not be put back (E_FILE_NOT_WRITABLE)`);
  return `${lines.join('\n')}\n`;
}
