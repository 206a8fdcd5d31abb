import type { StepProgram } from './compile-steps.ts';
import { TooManySteps } from './RunPairs.ts';

/** What a search through a text took. */
export interface CountedSearch {
  readonly isFound: boolean;
  readonly steps: number;
}

/**
 * Looks for a match as V8's matcher does, from each place of the text in turn (with the flag y from the first), going back where it fails, and
 * counts its steps.
 * @throws TooManySteps
 */
export function countSteps(program: StepProgram, text: string, maximumSteps: number): CountedSearch {
  const search = new CountingSearch(program, text, maximumSteps);
  const isFound = search.run();
  return { isFound, steps: search.steps };
}

type Registers = readonly (number | undefined)[];

class CountingSearch {
  steps = 0;
  readonly #program: StepProgram;
  readonly #text: string;
  readonly #maximum: number;

  constructor(program: StepProgram, text: string, maximum: number) {
    this.#program = program;
    this.#text = text;
    this.#maximum = maximum;
  }

  run(): boolean {
    const last = this.#program.flags.includes('y') ? 0 : this.#text.length;
    const unset = Array<undefined>(this.#program.registers);
    for (let start = 0; start <= last; start += 1) if (this.#match(0, start, unset) !== undefined) return true;
    return false;
  }

  /** Registers of the first way from a step at a place to `done`. */
  #match(entry: number, place: number, known: Registers): Registers | undefined {
    const open: { step: number; at: number; registers: Registers }[] = [{ step: entry, at: place, registers: known }];
    for (let way = open.pop(); way !== undefined; way = open.pop()) {
      let { step, at, registers } = way;
      for (;;) {
        if ((this.steps += 1) > this.#maximum) throw new TooManySteps();
        const one = this.#program.steps[step];
        if (one === undefined || one.op === 'done') return registers;
        step += 1;
        if (one.op === 'split') {
          open.push({ step: one.second, at, registers });
          step = one.first;
        } else if (one.op === 'jump') {
          step = one.to;
        } else if (one.op === 'keep') {
          registers = registers.with(one.register, at);
        } else if (one.op === 'look') {
          const seen = this.#match(step, at, registers);
          if ((seen === undefined) !== one.negate) break;
          registers = one.negate ? registers : (seen ?? registers);
          step = one.behind;
        } else {
          const next = this.#take(one, at, registers);
          if (next === undefined) break;
          at = next;
        }
      }
    }
    return undefined;
  }

  /** The place behind what is taken; `undefined` where it does not hold. */
  #take(
    one: Extract<StepProgram['steps'][number], { readonly op: 'character' | 'moved' | 'again' | 'edge' }>,
    at: number,
    registers: Registers,
  ): number | undefined {
    switch (one.op) {
      case 'character': {
        const from = one.isBackward ? at - 1 : at;
        if (from < 0 || from >= this.#text.length || !one.takes(this.#text.charCodeAt(from))) return undefined;
        return one.isBackward ? at - 1 : at + 1;
      }
      case 'moved':
        return registers[one.register] === at ? undefined : at;
      case 'edge':
        return this.#isEdge(one.kind, at) === one.negate ? undefined : at;
      case 'again':
        return this.#again(this.#text.slice(registers[one.from] ?? 0, registers[one.to] ?? 0), at, one.isBackward);
    }
  }

  #isEdge(kind: 'start' | 'end' | 'word', at: number): boolean {
    if (kind === 'word') return isWord(this.#text.charCodeAt(at - 1)) !== isWord(this.#text.charCodeAt(at));
    const beyond = this.#text[kind === 'start' ? at - 1 : at];
    return beyond === undefined || (this.#program.flags.includes('m') && /[\n\r\u2028\u2029]/.test(beyond));
  }

  #again(wanted: string, at: number, isBackward: boolean): number | undefined {
    const from = isBackward ? at - wanted.length : at;
    const there = this.#text.slice(Math.max(0, from), from + wanted.length);
    // each character is a step
    this.steps += wanted.length;
    const isSame = this.#program.flags.includes('i') ? there.toLowerCase() === wanted.toLowerCase() : there === wanted;
    if (!isSame) return undefined;
    return isBackward ? from : at + wanted.length;
  }
}

/** `\w`; no character at all (`NaN`) is none. */
function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
