import { BoosterError } from '../../shared/errors.ts';
import { isIdentifier, kebabCase, pascalCase } from '../identifier.ts';

/** What a template may call the name that it is run with. */
export const nameForms: Readonly<Record<string, (name: string) => string>> = {
  name: (name) => name,
  pascalName: pascalCase,
  camelName: (name) => pascalCase(name).replace(/^\p{Lu}+(?!\p{Ll})|^\p{Lu}/u, (head) => head.toLowerCase()),
  kebabName: kebabCase,
  snakeName: (name) => kebabCase(name).replaceAll('-', '_'),
  constantName: (name) => kebabCase(name).replaceAll('-', '_').toUpperCase(),
};

/** @throws BoosterError E_GENERATE_NAME for a name that gives no identifier, or has anything in it but words */
export function requireTemplateName(name: string): void {
  const isWords = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:-[\p{ID_Continue}$]+)*$/u.test(name);
  const isName = isWords && (name.includes('-') || isIdentifier(name)) && isIdentifier(pascalCase(name));
  if (isName) return;
  const message = `${JSON.stringify(name.slice(0, 60))} is no name: an identifier, or words joined by hyphens`;
  throw new BoosterError('E_GENERATE_NAME', message, { name });
}
