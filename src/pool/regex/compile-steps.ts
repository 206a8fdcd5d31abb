import type { AST } from '@eslint-community/regexpp';
import { UnreadablePattern } from './RunGraph.ts';

/** One step of a backtracking matcher; numbers are places in the program or registers of positions. */
export type Step =
  | { readonly op: 'character'; readonly takes: (code: number) => boolean; readonly isBackward: boolean }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'keep'; readonly register: number }
  | { readonly op: 'moved'; readonly register: number }
  | { readonly op: 'again'; readonly from: number; readonly to: number; readonly isBackward: boolean }
  | { readonly op: 'edge'; readonly kind: 'start' | 'end' | 'word'; readonly negate: boolean }
  | { readonly op: 'look'; behind: number; readonly negate: boolean }
  | { readonly op: 'done' };

export interface StepProgram {
  readonly steps: readonly Step[];
  readonly registers: number;
  readonly flags: string;
}

/** Repetitions are written out, as V8 does for few rounds; beyond this many steps a pattern is not read. */
const mostSteps = 4000;

/** The steps of a pattern in the order in which a backtracking matcher tries them. @throws UnreadablePattern */
export function compileSteps(pattern: AST.Pattern, flags: string): StepProgram {
  return new StepCompiler(flags).compile(pattern);
}

class StepCompiler {
  readonly #steps: Step[] = [];
  readonly #flags: string;
  readonly #groups = new Map<AST.CapturingGroup, number>();
  readonly #tests = new Map<string, (code: number) => boolean>();
  #registers = 0;

  constructor(flags: string) {
    this.#flags = flags.replace(/[^imsuy]/g, '');
  }

  compile(pattern: AST.Pattern): StepProgram {
    this.#either(pattern.alternatives, false);
    this.#add({ op: 'done' });
    return { steps: this.#steps, registers: this.#registers, flags: this.#flags };
  }

  #add<One extends Step>(step: One): One {
    if (this.#steps.length >= mostSteps) throw new UnreadablePattern('it is too large');
    this.#steps.push(step);
    return step;
  }

  #either(alternatives: readonly AST.Alternative[], isBackward: boolean): void {
    const ends: { op: 'jump'; to: number }[] = [];
    alternatives.forEach(({ elements }, index) => {
      const isLast = index === alternatives.length - 1;
      const split = isLast ? undefined : this.#split();
      if (split !== undefined) split.first = this.#steps.length;
      for (const element of isBackward ? elements.toReversed() : elements) this.#element(element, isBackward);
      if (split === undefined) return;
      ends.push(this.#add({ op: 'jump', to: 0 }));
      split.second = this.#steps.length;
    });
    for (const end of ends) end.to = this.#steps.length;
  }

  #split(): { op: 'split'; first: number; second: number } {
    return this.#add({ op: 'split', first: 0, second: 0 });
  }

  #element(element: AST.Element, isBackward: boolean): void {
    switch (element.type) {
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet':
        this.#add({ op: 'character', takes: this.#test(element.raw), isBackward });
        return;
      case 'Group':
        if (element.modifiers !== null) throw new UnreadablePattern('it has modifiers');
        this.#either(element.alternatives, isBackward);
        return;
      case 'CapturingGroup': {
        const register = this.#registersOf(element);
        this.#add({ op: 'keep', register: isBackward ? register + 1 : register });
        this.#either(element.alternatives, isBackward);
        this.#add({ op: 'keep', register: isBackward ? register : register + 1 });
        return;
      }
      case 'Quantifier':
        this.#repeated(element, isBackward);
        return;
      case 'Assertion':
        this.#assertion(element);
        return;
      case 'Backreference': {
        if (Array.isArray(element.resolved)) throw new UnreadablePattern('a name stands for several groups');
        const from = this.#registersOf(element.resolved);
        this.#add({ op: 'again', from, to: from + 1, isBackward });
        return;
      }
      default:
        throw new UnreadablePattern(`it has a ${element.type}`);
    }
  }

  #registersOf(group: AST.CapturingGroup): number {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const register = this.#registers;
    this.#registers += 2;
    this.#groups.set(group, register);
    return register;
  }

  /** As the engine itself says of each character, once. */
  #test(raw: string): (code: number) => boolean {
    const made = this.#tests.get(raw);
    if (made !== undefined) return made;
    const regex = new RegExp(`^(?:${raw})$`, this.#flags.replace('y', ''));
    const known: (boolean | undefined)[] = Array.from({ length: 128 });
    const others = new Map<number, boolean>();
    const test = (code: number): boolean => {
      const found = code < 128 ? known[code] : others.get(code);
      if (found !== undefined) return found;
      const answer = regex.test(String.fromCharCode(code));
      if (code < 128) known[code] = answer;
      else others.set(code, answer);
      return answer;
    };
    this.#tests.set(raw, test);
    return test;
  }

  #assertion(assertion: AST.Assertion): void {
    if (assertion.kind === 'word') {
      this.#add({ op: 'edge', kind: 'word', negate: assertion.negate });
    } else if (assertion.kind === 'start' || assertion.kind === 'end') {
      this.#add({ op: 'edge', kind: assertion.kind, negate: false });
    } else if ('alternatives' in assertion) {
      const look = this.#add({ op: 'look', behind: 0, negate: assertion.negate });
      this.#either(assertion.alternatives, assertion.kind === 'lookbehind');
      this.#add({ op: 'done' });
      look.behind = this.#steps.length;
    }
  }

  #repeated({ element, min, max, greedy }: AST.Quantifier, isBackward: boolean): void {
    for (let round = 0; round < min; round += 1) this.#element(element, isBackward);
    const splits: { op: 'split'; first: number; second: number }[] = [];
    const rounds = max === Infinity ? 1 : max - min;
    const register = this.#registers;
    this.#registers += 1;
    for (let round = 0; round < rounds; round += 1) {
      const at = this.#steps.length;
      const split = this.#split();
      splits.push(split);
      this.#add({ op: 'keep', register });
      this.#element(element, isBackward);
      // a round that took nothing is given up
      this.#add({ op: 'moved', register });
      if (max === Infinity) this.#add({ op: 'jump', to: at });
    }
    const end = this.#steps.length;
    for (const split of splits) {
      const body = this.#steps.indexOf(split) + 1;
      split.first = greedy ? body : end;
      split.second = greedy ? end : body;
    }
  }
}
