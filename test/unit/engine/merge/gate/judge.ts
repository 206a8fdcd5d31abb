import { candidateOfText } from '../../../../../src/engine/merge/gate/candidate-of-text.ts';
import { checkCandidate } from '../../../../../src/engine/merge/gate/check-candidate.ts';
import type { GateVerdict } from '../../../../../src/engine/merge/gate/gate-verdict.ts';
import { readSnippet } from '../../../../../src/engine/merge/intake/read-snippet.ts';
import type { Strictness } from '../../../../../src/engine/merge/merge.ts';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../../../src/engine/merge/source-language.ts';
import { splitLines } from '../../../../../src/engine/merge/text-lines.ts';

export interface Question {
  readonly file: string;
  readonly edit: string;
  readonly result: string;
  readonly language?: SourceLanguage;
  readonly strictness?: Strictness;
}

/** What the gate says of a result that came as a whole text. */
export function judge(port: OutlinePort, question: Question): GateVerdict {
  const { file, edit, result, language = 'text', strictness = 'balanced' } = question;
  const text = splitLines(file);
  const snippet = readSnippet(edit, text, language);
  if ('status' in snippet) throw new TypeError(`the edit itself is refused: ${snippet.message}`);
  const outline = port.outline(file, language);
  const input = { text, source: file, outline, language, snippet, strictness };
  return checkCandidate(input, candidateOfText(text, result, 'agent-booster'), port);
}

/** Numbers of the rules that refuse, each once. */
export function gates(verdict: GateVerdict): string[] {
  return [...new Set(verdict.failures.map(({ gate }) => gate))];
}
