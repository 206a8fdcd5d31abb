import type { AnalyzedFile } from '../../app/analyzed-file.ts';
import { isContentProblem } from '../exit-codes.ts';
import { failedRulesText, noteText, problemText } from '../reporters/problem-text.ts';
import { suppressionText } from '../reporters/suppression-text.ts';
import type { Paint } from '../terminal.ts';

export interface TroubleContext {
  readonly paint: Paint;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What went wrong with files, for standard error, and whether it fails the run. */
export function analysisTroubleText(
  files: readonly AnalyzedFile[],
  context: TroubleContext,
): { readonly text: string; readonly fails: boolean } {
  const { paint, quiet, verbose } = context;
  let text = '';
  let fails = false;
  for (const file of files) {
    const { path, reason } = file;
    text += failedRulesText(file, paint);
    // a file that booster cannot work on fails the run only when the user named that very file
    const isFailure = reason !== undefined && (file.named || !isContentProblem(reason.code));
    if (isFailure) text += problemText(path, reason, paint, verbose);
    else if (reason !== undefined && !quiet) text += noteText(path, reason, paint);
    if (!quiet) text += file.suppressionProblems.map((one) => suppressionText(path, one, paint)).join('');
    fails ||= isFailure || file.failedRules.length > 0;
  }
  return { text, fails };
}
