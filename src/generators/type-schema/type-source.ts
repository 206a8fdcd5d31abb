import type ts from 'typescript';
import { BoosterError } from '../../shared/errors.ts';

/** A file with types, and what reads it. */
export interface TypeSource {
  /** TypeScript of the project. */
  readonly typescript: typeof ts;
  /** Of the project: how modules are found, what is there. */
  readonly options: ts.CompilerOptions;
  /** Absolute. */
  readonly path: string;
  /** The file may have another text on disk. */
  readonly text: string;
  /** A path as messages show it. */
  readonly shown: (path: string) => string;
}

/** An error at a place of a file; the message begins with file, line and column. */
export function problemAt(
  { shown }: TypeSource,
  file: ts.SourceFile | undefined,
  start: number | undefined,
  what: string,
): BoosterError {
  if (file === undefined) return new BoosterError('E_GENERATE_INPUT', what);
  const { line, character } = file.getLineAndCharacterOfPosition(start ?? 0);
  const place = `${shown(file.fileName)}:${String(line + 1)}:${String(character + 1)}`;
  return new BoosterError('E_GENERATE_INPUT', `${place}: ${what}`, { path: file.fileName, line: line + 1 });
}
