import Mustache from 'mustache';
import { BoosterError } from '../../shared/errors.ts';

/** What a template sees: texts, switches and lists of texts. Without a prototype, so that no name leads out of it. */
export type TemplateView = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Sections nest no deeper: rendering is recursive. */
const deepest = 32;
/** A rendered text has no more characters: nested lists multiply. */
const maximumLength = 1024 * 1024;

type Token = readonly [kind: string, value: string, start: number, end: number, inner?: readonly Token[]];

/**
 * A text in the template language mustache: it has no expressions, and its values here are texts only, so nothing of it is ever
 * executed. Partials are refused, as they would read other files.
 */
export class MustacheText {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #problem: (offset: number, what: string) => BoosterError;
  readonly #writer = new Mustache.Writer();

  /**
   * @param where names file and line of an offset in messages
   * @throws BoosterError E_GENERATE_TEMPLATE
   */
  constructor(text: string, where: (offset: number) => string) {
    this.#text = text;
    this.#problem = (offset, what) => new BoosterError('E_GENERATE_TEMPLATE', `${where(offset)}: ${what}`);
    try {
      const tokens: unknown = this.#writer.parse(text, ['{{', '}}']);
      this.#tokens = tokens as readonly Token[];
    } catch (error) {
      const [, what = 'no mustache', at = '0'] = /^(.*?)(?: at (\d+))?$/s.exec((error as Error).message) ?? [];
      throw this.#problem(Number(at), what.toLowerCase());
    }
    this.#check(this.#tokens, 0);
  }

  /** Names of values, with the offset of their first use, and whether any use is a section. */
  names(): ReadonlyMap<string, { readonly offset: number; readonly isSection: boolean }> {
    const names = new Map<string, { offset: number; isSection: boolean }>();
    const visit = (tokens: readonly Token[]): void => {
      for (const [kind, value, offset, , inner] of tokens) {
        if (inner !== undefined && Array.isArray(inner)) visit(inner);
        if (!'#^&name{'.includes(kind) || value === '.') continue;
        const isSection = kind === '#' || kind === '^';
        const known = names.get(value);
        names.set(value, { offset: known?.offset ?? offset, isSection: isSection || known?.isSection === true });
      }
    };
    visit(this.#tokens);
    return names;
  }

  /** An error about the place where a name stands. */
  problem(offset: number, what: string): BoosterError {
    return this.#problem(offset, what);
  }

  /** @throws BoosterError E_GENERATE_TEMPLATE: the result would be too long */
  render(view: TemplateView): string {
    if (lengthOf(this.#tokens, [view]) > maximumLength) {
      throw this.#problem(0, `would become longer than ${String(maximumLength)} characters`);
    }
    return this.#writer.render(this.#text, view, undefined, { escape: String });
  }

  #check(tokens: readonly Token[], depth: number): void {
    for (const [kind, value, offset, , inner] of tokens) {
      if (kind === '>') throw this.#problem(offset, `{{> ${value}}}: other files are not read into a template`);
      if (depth >= deepest) throw this.#problem(offset, `sections are nested more than ${String(deepest)} levels deep`);
      if (Array.isArray(inner)) this.#check(inner, depth + 1);
    }
  }
}

/** How long the result can be at most. */
function lengthOf(tokens: readonly Token[], contexts: readonly (TemplateView | string)[]): number {
  let length = 0;
  for (const [kind, value, , , inner] of tokens) {
    const found = valueOf(value, contexts);
    length += 1; // sections in sections take time even when nothing stands in them
    if (kind === 'text') length += value.length;
    else if (kind === '#' || kind === '^') length += sectionLength(inner ?? [], kind, found, contexts);
    else if (typeof found === 'string') length += found.length;
    else length += String(found).length;
    if (length > maximumLength) return length;
  }
  return length;
}

function sectionLength(
  inner: readonly Token[],
  kind: '#' | '^',
  value: unknown,
  contexts: readonly (TemplateView | string)[],
): number {
  const isEmpty =
    value === '' || value === false || value === undefined || (Array.isArray(value) && value.length === 0);
  if (kind === '^') return isEmpty ? lengthOf(inner, contexts) : 0;
  if (isEmpty) return 0;
  if (!Array.isArray(value)) return lengthOf(inner, typeof value === 'string' ? [...contexts, value] : contexts);
  let length = 0;
  for (const item of value as readonly string[]) {
    length += 1 + lengthOf(inner, [...contexts, item]);
    if (length > maximumLength) return length;
  }
  return length;
}

function valueOf(name: string, contexts: readonly (TemplateView | string)[]): unknown {
  const [view] = contexts;
  if (name === '.') return contexts.at(-1);
  return typeof view === 'object' && Object.hasOwn(view, name) ? view[name] : undefined;
}
