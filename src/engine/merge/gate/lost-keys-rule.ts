import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { shown } from './text-rules.ts';

const keyOfLine = /^\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*(?::(?!\/)|=(?!=))/;

/**
 * G9: data sent without any marker leaves out as many keys as it shows unchanged, while it changes others. Whether it is all of the
 * file, or the part that changes, nobody can tell.
 */
export function lostKeysFailures({ input, merged }: Assembled): GateFailure[] {
  const { snippet, text, language } = input;
  if (language !== 'text' || snippet.isMarker.includes(true)) return [];
  const fresh = merged.rows.filter(({ origin }) => origin < 0).flatMap(({ line }) => keyOf(line) ?? []);
  if (fresh.length === 0) return [];
  const kept = merged.rows.filter(({ origin }) => origin >= 0).flatMap(({ line }) => keyOf(line) ?? []);
  const left = new Set([...fresh, ...kept]);
  const lost = merged.hunks
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index))
    .filter((line) => {
      const key = keyOf(text.lines[line] ?? '');
      return key !== undefined && !left.has(key);
    });
  const [first] = lost;
  if (first === undefined || lost.length < kept.length) return [];
  const message = `\`${shown(text.lines[first])}\` would go although the edit has no markers and may be a part`;
  return [{ gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [first + 1] }];
}

function keyOf(line: string): string | undefined {
  const match = keyOfLine.exec(line);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
