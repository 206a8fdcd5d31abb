import type ts from 'typescript';
import { checkSchema } from '../schema/read-schema.ts';
import { schemaTypes } from '../schema/schema-types.ts';
import type { InputDocument } from '../schema/json-document.ts';
import { openProgram } from './open-program.ts';
import { problemAt } from './type-source.ts';
import type { TypeSource } from './type-source.ts';

/**
 * Makes optional properties required ones that may be absent: TypeScript lets a type without a property stand for one in which it is
 * optional, but a value may then hold anything under it. An enum of texts counts as its texts.
 */
const strictly = `type Absent$ = { readonly absent$: true };
type Strict$<T> = 0 extends 1 & T ? T : T extends string ? \`\${T}\` : T extends object
  ? { -readonly [K in keyof T]-?: undefined extends T[K] ? Strict$<Exclude<T[K], undefined>> | Absent$ : Strict$<T[K]> } : T;
`;

/**
 * Proves with the checker of the project that each value which the schema accepts has the type: the types made from the schema are
 * never narrower than it, and must be assignable to the type.
 *
 * @returns why values of the type might be refused, if so
 * @throws BoosterError E_GENERATE_INPUT when it is not proved
 */
export function proveSchema(
  source: TypeSource,
  program: ts.Program,
  document: InputDocument,
  { name, declaration }: { readonly name: string; readonly declaration: ts.Declaration },
): string | undefined {
  const { typescript, path } = source;
  const root = `${name}$`;
  const { text } = schemaTypes(checkSchema(document), root);
  const extension = /\.([cm]?)tsx?$/.exec(path)?.[1] ?? '';
  const beside = path.replace(/\.[^.]+$/, `.booster$.${extension}ts`);
  const module = `./${(path.split(/[/\\]/).at(-1) ?? '').replace(/\.[cm]?tsx?$/, '')}.${extension}js`;
  const forward = `export const forward$: Strict$<Declared$> = null! as Strict$<${root}>;\n`;
  const head = `import type { ${name} as Declared$ } from '${module}';\n${text}\n${strictly}${forward}`;
  const check = `${head}export const back$: Strict$<${root}> = null! as Strict$<Declared$>;\n`;
  const checked = openProgram(source, new Map([[beside, check]]), program);
  const [first] = checked.getSemanticDiagnostics(checked.getSourceFile(beside));
  if (first === undefined) return undefined;
  const why = innermost(first.messageText, typescript).replaceAll(root, 'the schema').replaceAll('Declared$', name);
  if ((first.start ?? 0) >= head.length) return why;
  const what = `${name} says more than a JSON Schema can check, so a validator would promise too much: ${why}`;
  throw problemAt(source, declaration.getSourceFile(), declaration.getStart(), what);
}

/** The end of the chain of reasons, which names what does not fit. */
function innermost(message: string | ts.DiagnosticMessageChain, typescript: typeof ts): string {
  const lines = typescript.flattenDiagnosticMessageText(message, '\n').split('\n');
  return lines
    .slice(-2)
    .map((line) => line.trim())
    .join(' ')
    .slice(0, 400);
}
