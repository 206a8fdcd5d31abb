import { relative } from 'node:path';
import { parseConfigFile } from '../../config/parse-config-file.ts';
import { readDataFiles } from '../../files/data-files.ts';
import { asBoosterError, BoosterError } from '../../shared/errors.ts';
import { readCustomRule } from './read-custom-rule.ts';
import type { CustomRuleFile } from './read-custom-rule.ts';

/** Formats that are data: nothing of the project runs when its rules are read. */
const endings = ['.json', '.yaml', '.yml'];

/**
 * The rules that a project keeps in a folder.
 * @param taken ids that they must not have
 * @throws BoosterError E_RULE_INVALID, E_FILE_NOT_READABLE
 */
export async function readCustomRules(
  folder: string,
  cwd: string,
  taken: ReadonlySet<string>,
): Promise<CustomRuleFile[]> {
  const seen = new Set(taken);
  const rules: CustomRuleFile[] = [];
  for (const { path, text } of readDataFiles(folder, endings)) {
    const where = relative(cwd, path);
    const rule = readCustomRule(await parse(path, text, where), where);
    if (seen.has(rule.data.id)) {
      throw new BoosterError('E_RULE_INVALID', `${where}: another rule has the id '${rule.data.id}'`, { path: where });
    }
    seen.add(rule.data.id);
    rules.push(rule);
  }
  return rules;
}

async function parse(path: string, text: string, where: string): Promise<unknown> {
  try {
    return await parseConfigFile(path, text, where);
  } catch (error) {
    throw new BoosterError('E_RULE_INVALID', asBoosterError(error).message, { path: where }, error);
  }
}
