import type ts from 'typescript';
import { suggest } from '../../config/suggest.ts';
import { problemAt } from './type-source.ts';
import type { TypeSource } from './type-source.ts';

/** A type that a module exports. */
export interface FoundType {
  readonly declaration: ts.Declaration;
  readonly type: ts.Type;
}

/**
 * The type that the file exports under a name.
 * @throws BoosterError E_GENERATE_INPUT: the file has errors; no such type, not exported, generic, declared several times
 */
export function findType(source: TypeSource, program: ts.Program, name: string): FoundType {
  const { typescript } = source;
  const file = program.getSourceFile(source.path);
  const wrong = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].find(
    ({ category }) => category === typescript.DiagnosticCategory.Error,
  );
  if (wrong !== undefined) {
    const what = typescript.flattenDiagnosticMessageText(wrong.messageText, ' ');
    throw problemAt(source, wrong.file, wrong.start, what);
  }
  const checker = program.getTypeChecker();
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  const exported = (module === undefined ? [] : checker.getExportsOfModule(module))
    .map((symbol) => [symbol.name, resolved(symbol, checker, typescript)] as const)
    .filter(([, symbol]) => (symbol.flags & typescript.SymbolFlags.Type) !== 0);
  const symbol = exported.find(([each]) => each === name)?.[1];
  if (symbol === undefined)
    throw notFound(
      source,
      file,
      name,
      exported.map(([each]) => each),
    );
  const [declaration, ...more] = (symbol.declarations ?? []).filter((each) => isTypeDeclaration(each, typescript));
  if (declaration === undefined)
    throw notFound(
      source,
      file,
      name,
      exported.map(([each]) => each),
    );
  const refuse = (what: string): Error =>
    problemAt(source, declaration.getSourceFile(), declaration.getStart(), `${name} ${what}`);
  if (more.length > 0) {
    throw refuse(
      `is declared ${String(more.length + 1)} times: make one declaration of them, or let one extend another`,
    );
  }
  const { typeParameters } = declaration as ts.InterfaceDeclaration;
  if (typeParameters !== undefined && typeParameters.length > 0) {
    const example = `export type ${name}Of… = ${name}<…>`;
    throw refuse(`is generic: export it with arguments (${example}) and name that`);
  }
  return { declaration, type: checker.getDeclaredTypeOfSymbol(symbol) };
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker, { SymbolFlags }: typeof ts): ts.Symbol {
  return (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

function isTypeDeclaration(node: ts.Declaration, typescript: typeof ts): boolean {
  return (
    typescript.isInterfaceDeclaration(node) ||
    typescript.isTypeAliasDeclaration(node) ||
    typescript.isClassDeclaration(node) ||
    typescript.isEnumDeclaration(node)
  );
}

function notFound(
  source: TypeSource,
  file: ts.SourceFile | undefined,
  name: string,
  exported: readonly string[],
): Error {
  const local = file?.statements.find(
    (each) =>
      isTypeDeclaration(each as never, source.typescript) && (each as ts.InterfaceDeclaration).name.text === name,
  );
  if (local !== undefined) {
    return problemAt(
      source,
      file,
      local.getStart(),
      `${name} is not exported: write export before it, so that it can be imported`,
    );
  }
  const near = suggest(name, exported);
  const known = exported.length === 0 ? 'it exports none' : `it exports ${exported.slice(0, 12).join(', ')}`;
  const hint = near.length === 0 ? known : `did you mean ${near.join(' or ')}?`;
  return problemAt(source, file, 0, `no type ${name} is exported; ${hint}`);
}
