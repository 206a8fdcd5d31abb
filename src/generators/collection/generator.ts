import { BoosterError } from '../../shared/errors.ts';
import type { Generated, GenerateRequest } from '../generator.ts';
import { requireIdentifier } from '../identifier.ts';
import { kinds } from './kinds.ts';
import { measured } from './measured.ts';
import { sourceTexts } from './source-texts.ts';
import type { Source } from './source-texts.ts';

/** @throws BoosterError E_GENERATE_NAME */
export async function generate({ name, input, options, target }: GenerateRequest): Promise<Generated> {
  if (input !== undefined) throw new BoosterError('E_CLI_USAGE', 'collection takes no --input');
  const kind = options['kind'] as Source;
  const { className, against, notWhen, note } = kinds[kind];
  const newName = name === undefined ? className : requireIdentifier(name, 'the class');
  const text = sourceTexts[kind].replace(new RegExp(String.raw`\b${className}\b`, 'g'), () => newName);
  const figures = measured[kind].map(({ n, ratio, node }) => `${String(ratio)}× at ${n} on Node ${node}`);
  const evidence = [
    ...(figures.length === 0
      ? []
      : [`against ${against}: ${figures.join(', ')} (npm run bench -- generate in booster)`]),
    `not when ${notWhen}`,
    ...(note === undefined ? [] : [note]),
  ];
  return await Promise.resolve({ files: [{ name: `${target.stem}.${target.extension}`, text }], evidence });
}
