import { importPath, partsOf } from '../import-path.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { GeneratedFile, GenerateRequest, OptionSpec } from '../generator.ts';

/** Options of generators that call a function. */
export const functionOptions: readonly OptionSpec[] = [
  {
    name: 'module',
    summary: 'module with the function, as the generated file imports it (default: the input)',
    default: '',
  },
  { name: 'args', summary: 'types of the arguments (default: read from the input)', default: '' },
  { name: 'seed', summary: 'seed of the random arguments', default: '1' },
];

/** Options of generators that compare two versions of a function. */
export const versionOptions: readonly OptionSpec[] = [
  {
    name: 'against',
    summary:
      'module with the other version, as the generated file imports it (`#name` when it is called otherwise there), or git:HEAD, git:<revision>',
  },
  ...functionOptions,
];

export interface Versions {
  /** The two import statements, of `original` and `changed`. */
  readonly imports: string;
  readonly seed: number;
  /** The other version, when it is that of a commit. */
  readonly files: readonly GeneratedFile[];
}

/** @throws BoosterError E_GENERATE_OPTION */
export function readVersions(name: string, request: GenerateRequest): Versions {
  const { options, input, target } = request;
  const earlier = earlierFile(request);
  const [against = '', otherName = name] = (
    earlier === undefined ? (options['against'] ?? '') : `./${earlier.name}`
  ).split('#');
  const module = readModule(name, { options, target, ...(input === undefined ? {} : { input }) });
  refuseNoModule(against);
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(otherName)) {
    throw new BoosterError('E_GENERATE_OPTION', `against: ${JSON.stringify(otherName.slice(0, 60))} is no name`);
  }
  const seed = readSeed(options);
  if (against === module && otherName === name) {
    throw new BoosterError('E_GENERATE_OPTION', 'against names the function itself: nothing would be compared');
  }
  const imports = [importOf(name, 'changed', module), importOf(otherName, 'original', against)].join('');
  return { imports, seed, files: earlier === undefined ? [] : [earlier] };
}

/** The file as it was at a commit, beside the one of now, where its own imports lead to what they led to. */
function earlierFile({ options, input, earlier, target }: GenerateRequest): GeneratedFile | undefined {
  const { against = '' } = options;
  if (!against.startsWith('git:')) return undefined;
  if (input === undefined || earlier === undefined) {
    throw new BoosterError('E_GENERATE_OPTION', `against=${against}: give the file with the function as --input`);
  }
  const path = partsOf(input.name);
  const folder = path.slice(0, -1).join('/');
  if (partsOf(target.folder).join('/') !== folder) {
    const where = folder === '' ? 'the working directory' : `${folder}/`;
    throw new BoosterError('E_GENERATE_OPTION', `against=${against}: give an --out in ${where}, beside the function`);
  }
  const text = earlier.text.replaceAll('\r\n', '\n').trimEnd();
  return { name: (path.at(-1) ?? '').replace(/(\.[cm]?[jt]s)$/, '.before$1'), text: `${text}\n` };
}

/**
 * The module with the function, as a file in the folder of the target imports it.
 * @throws BoosterError E_GENERATE_OPTION
 */
export function readModule(name: string, { options, input, target }: Omit<GenerateRequest, 'name'>): string {
  const module = options['module'] || (input === undefined ? '' : importPath(target.folder, input.name));
  if (module === '') {
    throw new BoosterError(
      'E_GENERATE_OPTION',
      `where is ${name}? give its file as --input, or --set module=./file.ts`,
    );
  }
  refuseNoModule(module);
  return module;
}

/** @throws BoosterError E_GENERATE_OPTION */
export function readSeed(options: GenerateRequest['options']): number {
  const seed = Number(options['seed']);
  if (!Number.isSafeInteger(seed)) throw new BoosterError('E_GENERATE_OPTION', 'seed is no integer');
  return seed;
}

function refuseNoModule(module: string): void {
  if (/^[\w@./+~-]+$/.test(module)) return;
  const what = `${JSON.stringify(module.slice(0, 60))} is no module that can be imported`;
  throw new BoosterError('E_GENERATE_OPTION', what);
}

function importOf(name: string, alias: string, module: string): string {
  return `import { ${name} as ${alias} } from '${module}';\n`;
}
