import { findType } from './find-type.ts';
import { openProgram } from './open-program.ts';
import { useTypeScript } from './project-typescript.ts';
import { proveSchema } from './prove-schema.ts';
import { refuseParts } from './refuse-parts.ts';
import { TypeDocument } from '../schema/type-document.ts';
import type { TypeSource } from './type-source.ts';

export interface TypeSchema {
  /** draft-07 */
  readonly document: TypeDocument;
  /** Why values of the type might be refused, if so. */
  readonly narrower?: string;
}

/**
 * The JSON Schema of an exported type by ts-json-schema-generator: each value that it accepts has the type.
 * @throws BoosterError E_GENERATE_INPUT, E_GENERATE_SCHEMA with the place
 */
export async function typeSchema(source: TypeSource, name: string): Promise<TypeSchema> {
  const { typescript, path, shown } = source;
  useTypeScript(typescript);
  const program = openProgram(source);
  const found = findType(source, program, name);
  refuseParts(source, program, found, name);
  // the library asks for parts of TypeScript while it is loaded
  const { describeType } = await import('./describe-type.ts');
  const document = new TypeDocument(`${shown(path)}#${name}`, describeType(source, program, found.declaration));
  const narrower = proveSchema(source, program, document, { name, declaration: found.declaration });
  return narrower === undefined ? { document } : { document, narrower };
}
