import { Buffer } from 'node:buffer';
import type { EngineInput } from './engine-instance.ts';
import type { EngineLanguage } from './engine-language.ts';

/** What the engine would have to do for an edit. */
interface EditCost {
  /** Blocks that it can see; at 0 it would take the whole file for one, and replace it. */
  readonly blocks: number;
  /** Milliseconds, by the rates below; measured were from half to twice as many. */
  readonly ms: number;
}

/** For each block the engine counts the lines before it twice: milliseconds per byte. */
const countingMs = 0.83e-6;

/** It compares the snippet with each block, character by character: milliseconds per pair. */
const comparingMs = 1e-6;

const functionOrClass = /^[ \t]*(?:export[ \t]+)?(?:async[ \t]+)?(?:function|class)\b/gm;
const anyBlock = /^[^\n]*\{/gm;

/** Where the engine's blocks begin, or a superset: it finds them by patterns of its own, without parsing. */
const blockStarts: Readonly<Record<EngineLanguage, RegExp>> = {
  javascript: functionOrClass,
  jsx: functionOrClass,
  typescript: functionOrClass,
  tsx: functionOrClass,
  python: /^[ \t]*(?:async[ \t]+)?(?:def|class)\b/gm,
  rust: /^[ \t]*(?:pub[ \t]+)?(?:(?:async[ \t]+)?fn|struct|impl)\b/gm,
  go: /^[ \t]*(?:func|type)\b/gm,
  java: anyBlock,
  c: anyBlock,
  cpp: anyBlock,
};

/** Of file and snippet together; the engine's time grows with the square. */
const maximumLength = 512 * 1024;

/** By the estimate. The engine is asked when a merge was refused anyway, and helps seldom. */
const maximumMs = 40;

/** Bytes that the engine has before any text, and how many more it takes for each byte of text. */
const baseBytes = 6 * 2 ** 20;
const bytesPerByte = 8;

/** Why the engine must not be asked: it would take too much time, or more than `limitBytes` of memory. */
export function refuseCostly({ text, edit, language }: EngineInput, limitBytes: number): string | undefined {
  if (text.length + edit.length > maximumLength) return 'the texts are too long for agent-booster';
  const bytes = Buffer.byteLength(text) + Buffer.byteLength(edit);
  if (baseBytes + bytes * bytesPerByte > limitBytes) return 'there is too little memory for agent-booster';
  const { blocks, ms } = estimateCost({ text, edit, language });
  if (blocks === 0) return 'agent-booster sees no block in the file';
  return ms > maximumMs ? 'agent-booster would take too long' : undefined;
}

/** Estimates without calling the engine, in time linear to the text. Lengths are UTF-16 units, close enough to bytes. */
export function estimateCost({ text, edit, language }: EngineInput): EditCost {
  const blockEnds = language === 'python' ? nextTopLevelLines : matchingBraces;
  const endOf = blockEnds(text);
  let blocks = 0;
  let counted = 0;
  let compared = 0;
  for (const match of text.matchAll(blockStarts[language])) {
    blocks += 1;
    counted += match.index;
    compared += endOf(match.index) - match.index;
  }
  return { blocks, ms: counted * countingMs + compared * edit.length * comparingMs };
}

/** For an offset, the end of the block whose bracket opens next; the end of the text when it is never closed. */
function matchingBraces(text: string): (offset: number) => number {
  const opening: number[] = [];
  const ends: number[] = [];
  const open: number[] = [];
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset];
    if (character === '{') {
      open.push(opening.length);
      opening.push(offset);
      ends.push(text.length);
    } else if (character === '}') {
      const index = open.pop();
      if (index !== undefined) ends[index] = offset + 1;
    }
  }
  return lookUp(opening, ends, text.length);
}

/** For an offset, the next line that is not indented: the longest that the engine takes a Python block to be. */
function nextTopLevelLines(text: string): (offset: number) => number {
  const lines = [...text.matchAll(/^[^\s#]/gm)].map(({ index }) => index);
  const next = lines.slice(1);
  return lookUp(lines, [...next, text.length], text.length);
}

/** The end that belongs to the first of `starts` at an offset or behind it. Offsets must be asked for in order. */
function lookUp(starts: readonly number[], ends: readonly number[], none: number): (offset: number) => number {
  let index = 0;
  return (offset) => {
    while ((starts[index] ?? none) < offset) index += 1;
    return ends[index] ?? none;
  };
}
