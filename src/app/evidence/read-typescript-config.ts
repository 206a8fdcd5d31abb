import type ts from 'typescript';
import { BoosterError } from '../../shared/errors.ts';

/**
 * What a tsconfig.json says.
 * @param path absolute
 * @throws BoosterError E_TYPES_UNAVAILABLE when it cannot be read
 */
export function readTypeScriptConfig(
  typescript: typeof ts,
  path: string,
  existing: ts.CompilerOptions,
): Pick<ts.ParsedCommandLine, 'fileNames' | 'options'> {
  let problem = '';
  const parsed = typescript.getParsedCommandLineOfConfigFile(path, existing, {
    ...typescript.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      problem = typescript.flattenDiagnosticMessageText(messageText, ' ');
    },
  });
  if (parsed !== undefined) return parsed;
  throw new BoosterError('E_TYPES_UNAVAILABLE', `${path}: ${problem}`, { path });
}
