import type { Command } from 'commander';
import type { Io } from '../../shared/io.ts';
import { completionScript } from '../completion/completion-script.ts';
import type { CompletionShell } from '../completion/completion-script.ts';
import { completionEntries } from '../completion/completion-words.ts';

/** `booster completion` */
export function runCompletion(shell: CompletionShell, program: Command, io: Io): void {
  io.stdout.write(completionScript(shell, completionEntries(program)));
}
