import type { SourceLanguage } from '../../engine/merge/source-language.ts';
import type { EngineInstance, EngineOutput } from './engine-instance.ts';
import { isEngineLanguage } from './engine-language.ts';
import { loadEngine } from './load-engine.ts';
import { mask, maskTemplates, unmask } from './mask-templates.ts';
import { refuseCostly } from './edit-cost.ts';
import { restoreLayout } from './restore-layout.ts';

export interface AgentBoosterOptions {
  /** Largest memory in bytes. It starts with 4.2 MB; 16 MB are enough for all texts that it takes. */
  readonly memoryLimitBytes: number;
}

export interface ProposalRequest {
  readonly text: string;
  /** Code alone: no marker, no fence, no diff. */
  readonly edit: string;
  readonly language: SourceLanguage;
}

/** A file with the snippet in it, or why there is none. */
export type Proposal = EngineOutput;

const byteOrderMark = '\uFEFF';

/** Dots alone on a line or in a comment: what stands for code that is not there must never be taken for code. */
const marker = /^[ \t]*(?:\.{3}|\u2026)[ \t]*$|(?:^|\s)(?:\/\/|\/\*|\{\/\*|#|--|<!--)[^\n]*(?:\.{3}|\u2026)/m;

/** agent-booster as it is before the first question: nothing is loaded until one gets past what is refused beforehand. */
export function loadAgentBooster({ memoryLimitBytes }: AgentBoosterOptions): AgentBooster {
  return new AgentBooster(memoryLimitBytes);
}

/**
 * Proposes where a snippet of code could belong: it replaces the most similar block of the file by it. It knows neither
 * names nor syntax and is often wrong, confident or not: whoever uses a proposal has to check it.
 */
export class AgentBooster {
  readonly #limitBytes: number;
  #engine: EngineInstance | undefined;
  #baseBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** `true` after a trap or an interrupted call: it must be discarded, every further call of the engine throws. */
  get poisoned(): boolean {
    return this.#engine?.poisoned === true;
  }

  /** Bytes of WebAssembly memory now; never shrinks. 0 while nothing is loaded. */
  get memoryBytes(): number {
    return this.#engine?.memoryBytes ?? 0;
  }

  /** Bytes of the same memory right after the engine was loaded. */
  get baseBytes(): number {
    return this.#baseBytes;
  }

  /**
   * A file with the snippet in place of one of its blocks, or why there is none. Blank lines, indentation and line ends are
   * those of the file. What the engine cannot digest, or not in good time, is refused before it is asked.
   * @throws BoosterError `E_WASM_LOAD` when the engine's file is missing or another than the one this program was tested
   * with, `E_WASM_MEMORY` when the limit is too small to start; `E_WASM_TRAP`, `E_WASM_MEMORY` when it failed, and is `poisoned`
   */
  propose({ text, edit, language }: ProposalRequest): Proposal {
    if (!isEngineLanguage(language)) return { refusal: `agent-booster does not know ${language}` };
    const lineEnd = soleLineEnd(text);
    if (lineEnd === undefined) return { refusal: 'the file mixes line ends' };
    const start = text.startsWith(byteOrderMark) ? byteOrderMark : '';
    const body = text.slice(start.length).replaceAll(lineEnd, '\n');
    const snippet = trimBlankLines(edit.replace(/\r\n?/g, '\n'));
    const refusal =
      refuseUnfit(body, snippet) ?? refuseCostly({ text: body, edit: snippet, language }, this.#limitBytes);
    if (refusal !== undefined) return { refusal };
    const masked = maskTemplates(snippet);
    const output = this.#loadedEngine().run({ text: body, edit: masked, language });
    if ('refusal' in output) return output;
    if (output.text === masked) return { refusal: 'agent-booster would replace the whole file' };
    const restored = restoreLayout(body, unmask(output.text), snippet);
    if (restored === undefined) return { refusal: 'agent-booster did not replace one block' };
    return { text: start + restored.replaceAll('\n', lineEnd) };
  }

  #loadedEngine(): EngineInstance {
    if (this.#engine !== undefined) return this.#engine;
    this.#engine = loadEngine(this.#limitBytes);
    this.#baseBytes = this.#engine.memoryBytes;
    return this.#engine;
  }
}

/** `undefined` when there are several. */
function soleLineEnd(text: string): string | undefined {
  const [first = '\n', ...others] = new Set(text.match(/\r\n?|\n/g));
  return others.length === 0 ? first : undefined;
}

function trimBlankLines(edit: string): string {
  return edit.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

function refuseUnfit(text: string, edit: string): string | undefined {
  if (text.trim() === '') return 'the file is empty';
  if (edit === '') return 'the snippet is empty';
  if (!isBalanced(text) || !isBalanced(edit)) return 'brackets do not balance, strings and comments included';
  const both = text + edit;
  if (both.includes(mask) || both.includes(byteOrderMark) || /\p{Surrogate}|\0/u.test(both))
    return 'there are characters that agent-booster does not keep';
  return marker.test(edit) ? 'the snippet leaves code out' : undefined;
}

/** As the engine counts: brackets of each kind, wherever they stand. It refuses what is not, after it has done all its work. */
function isBalanced(text: string): boolean {
  const counts = new Map<string, number>();
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) counts.set(bracket, (counts.get(bracket) ?? 0) + 1);
  return ['()', '[]', '{}'].every(([open = '', close = '']) => counts.get(open) === counts.get(close));
}
