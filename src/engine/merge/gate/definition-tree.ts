import type { Definition, Structure } from '../outline.ts';
import { lowerBound } from './place-pieces.ts';

/** A definition with its place in lines (from 0) and the names of what holds it. */
export interface PlacedDefinition {
  readonly definition: Definition;
  /** Names of its containers and its own, joined by `.`. */
  readonly path: string;
  /** Index in the list of its container, or -1. */
  readonly container: number;
  readonly startLine: number;
  readonly headerLine: number;
  /** Last line. */
  readonly endLine: number;
}

/** @param starts offset of the start of each line, as `lineStarts` gives them */
export function placeDefinitions(outline: Structure, starts: Int32Array): PlacedDefinition[] {
  const placed: PlacedDefinition[] = [];
  for (const definition of outline.definitions) {
    const holder = placed[definition.container];
    placed.push({
      definition,
      path: holder === undefined ? definition.name : `${holder.path}.${definition.name}`,
      container: definition.container,
      startLine: lineAt(starts, definition.start),
      headerLine: lineAt(starts, definition.headerStart),
      endLine: lineAt(starts, Math.max(definition.start, definition.end - 1)),
    });
  }
  return placed;
}

/** Line that holds an offset. */
function lineAt(starts: Int32Array, offset: number): number {
  return Math.max(0, lowerBound(starts, offset + 1) - 1);
}
