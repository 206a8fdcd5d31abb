import { Buffer } from 'node:buffer';
import type { EngineInput } from './engine-instance.ts';
import type { EngineLanguage } from './engine-language.ts';

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

const plainFunctionOrClass =
  /^[ \t]*(?:export[ \t]+)?(?:(?:async[ \t]+)?function[ \t]+\w+[ \t]*\([^)]{0,400}\)|class[ \t]+\w+(?:[ \t]+extends[ \t]+\w+)?)[ \t]*\{/m;
const plainBlock = /^[ \t]*(?:\w+[ \t]+)?\w+[ \t]*\([^)]{0,400}\)[ \t]*\{/m;

/** Blocks that the engine certainly sees. Repetitions are bounded: a text must not make the search for them long. */
const plainBlocks: Readonly<Record<EngineLanguage, RegExp>> = {
  javascript: plainFunctionOrClass,
  jsx: plainFunctionOrClass,
  typescript: plainFunctionOrClass,
  tsx: plainFunctionOrClass,
  python: /^[ \t]*(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([^)]{0,400}\)|class[ \t]+\w+(?:\([^)]{0,400}\))?)[ \t]*:/m,
  rust: /^[ \t]*(?:pub[ \t]+)?(?:(?:async[ \t]+)?fn[ \t]+\w+[ \t]*\([^)]{0,400}\)(?:[ \t]*->[^{]{1,200})?|struct[ \t]+\w+|impl[ \t]+\w+)[ \t]*\{/m,
  go: /^[ \t]*(?:func[ \t]+(?:\([^)]{0,400}\)[ \t]+)?\w+[ \t]*\([^)]{0,400}\)(?:[ \t]*\([^)]{0,400}\))?|type[ \t]+\w+[ \t]+struct)[ \t]*\{/m,
  java: /^[ \t]*(?:public[ \t]+)?(?:class[ \t]+\w+|(?:static[ \t]+)?\w+[ \t]+\w+[ \t]*\([^)]{0,400}\))[ \t]*\{/m,
  c: plainBlock,
  cpp: plainBlock,
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
  // without any, it takes the whole file for one, and replaces it
  if (!plainBlocks[language].test(text)) return 'agent-booster sees no block in the file';
  return estimateMs({ text, edit, language }) > maximumMs ? 'agent-booster would take too long' : undefined;
}

/**
 * Milliseconds by the rates above; most measured edits took from a third of it to three times as long. Takes time linear to
 * the text. Lengths are UTF-16 units, close enough to bytes.
 */
function estimateMs({ text, edit, language }: EngineInput): number {
  const blockEnds = language === 'python' ? nextTopLevelLines : matchingBraces;
  const endOf = blockEnds(text);
  let counted = 0;
  let compared = 0;
  for (const match of text.matchAll(blockStarts[language])) {
    counted += match.index;
    compared += endOf(match.index) - match.index;
  }
  return counted * countingMs + compared * edit.length * comparingMs;
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
