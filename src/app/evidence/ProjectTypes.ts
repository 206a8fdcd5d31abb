import { dirname } from 'node:path';
import type ts from 'typescript';
import type { TextRange, TypeAnswer } from '../../engine/evidence/type-port.ts';
import { loadTypeScript } from './load-typescript.ts';
import { readTypeScriptConfig } from './read-typescript-config.ts';
import { ShapesOfTypes } from './ShapesOfTypes.ts';

/**
 * Makes the checker say what may be missing: an element that is not there is undefined, and null is a value. Where a project does not
 * check that, its own program would promise more than holds.
 */
const strictness = { strictNullChecks: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: true };

const checkedExtensions = /(?<!\.d)\.(?:ts|tsx|mts|cts)$/;

interface CheckedProgram {
  readonly program: ts.Program;
  readonly shapes: ShapesOfTypes;
}

/** The project's own TypeScript, asked for the types of expressions. Runs on this thread. */
export class ProjectTypes {
  readonly #ts: typeof ts;
  readonly #files: readonly string[];
  /** By path of the tsconfig.json; `undefined` for files without one. */
  readonly #programs = new Map<string | undefined, CheckedProgram>();

  /**
   * @param files absolute paths of all files that may be asked about
   * @throws BoosterError E_TYPES_UNAVAILABLE when the project has no TypeScript, or none with a checker that can be asked
   */
  constructor(cwd: string, files: readonly string[]) {
    this.#ts = loadTypeScript(cwd, '--types');
    this.#files = files.filter((path) => checkedExtensions.test(path));
  }

  /** Whether its types can be asked for; those of JavaScript are guesses. */
  knows(path: string): boolean {
    return checkedExtensions.test(path);
  }

  /** One answer for each range. @param text what the ranges are of; the checker may have read another one, and then says nothing */
  answer(path: string, text: string, ranges: readonly TextRange[]): TypeAnswer[] {
    const { program, shapes } = this.#programOf(path);
    const file = program.getSourceFile(path);
    if (file?.text !== text) return ranges.map((range) => ({ range }));
    return ranges.map((range) => {
      const node = this.#expressionAt(file, range);
      const shape = node === undefined ? undefined : shapes.shapeAt(node);
      return shape === undefined ? { range } : { range, shape };
    });
  }

  #programOf(path: string): CheckedProgram {
    const config = this.#configOf(path);
    const known = this.#programs.get(config);
    if (known !== undefined) return known;
    const { fileNames, options } = this.#optionsOf(config);
    const ours = this.#files.filter((file) => this.#configOf(file) === config);
    const program = this.#ts.createProgram({ rootNames: [...new Set([...fileNames, ...ours])], options });
    const made = { program, shapes: new ShapesOfTypes(this.#ts, program) };
    this.#programs.set(config, made);
    return made;
  }

  #configOf(path: string): string | undefined {
    return this.#ts.findConfigFile(dirname(path), (name) => this.#ts.sys.fileExists(name));
  }

  /** @throws BoosterError E_TYPES_UNAVAILABLE for a tsconfig.json that cannot be read */
  #optionsOf(config: string | undefined): Pick<ts.ParsedCommandLine, 'fileNames' | 'options'> {
    if (config === undefined) return { fileNames: [], options: { ...strictness, allowJs: false } };
    return readTypeScriptConfig(this.#ts, config, strictness);
  }

  /** The innermost node of exactly this range; a name that is declared also without its annotation, which belongs to our range. */
  #expressionAt(file: ts.SourceFile, [start, end]: TextRange): ts.Node | undefined {
    let found: ts.Node | undefined;
    const visit = (node: ts.Node): void => {
      if (node.getStart(file) > start || node.end < start) return;
      const isName = this.#ts.isIdentifier(node) && this.#isDeclared(node);
      if (node.getStart(file) === start && (node.end === end || (isName && node.end < end))) found = node;
      this.#ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  }

  #isDeclared(name: ts.Identifier): boolean {
    const { parent } = name;
    const isNamed = this.#ts.isParameter(parent) || this.#ts.isVariableDeclaration(parent);
    return isNamed && parent.name === name;
  }
}
