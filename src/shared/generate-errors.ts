/** Codes of `booster generate`. A part of `errorTable`. */
export const generateErrors = {
  E_GENERATE_UNKNOWN: {
    title: 'unknown generator',
    remedy: '`booster generate list` lists all generators',
    exitCode: 2,
  },
  E_GENERATE_OPTION: {
    title: 'invalid option of a generator',
    remedy: '`booster generate show <generator>` lists its options',
    exitCode: 2,
  },
  E_GENERATE_NAME: {
    title: 'invalid name',
    remedy: 'give a name that is an identifier and no reserved word, e.g. User',
    exitCode: 2,
  },
  E_GENERATE_INPUT: {
    title: 'input cannot be used',
    remedy: 'give the input that the message asks for, or correct it at the named place',
    exitCode: 2,
  },
  E_GENERATE_SCHEMA: { title: 'schema cannot be used', remedy: 'correct the schema at the named place', exitCode: 2 },
  E_GENERATE_EXISTS: {
    title: 'a file with other content exists',
    remedy: 'choose another name or file; with --out or a template, --force replaces the file',
    exitCode: 2,
  },
  E_GENERATE_CONFLICT: {
    title: 'changes by hand contradict what would be generated',
    remedy: 'take one of both sides by hand, or take what is generated with `force`',
    exitCode: 1,
  },
  E_GENERATE_TEMPLATE: {
    title: 'template cannot be used',
    remedy: 'correct the template at the named place; docs/generate.md shows one',
    exitCode: 2,
  },
  E_GENERATE_PATH: {
    title: 'a template leads out of the project',
    remedy: 'let `to` and `into` name files in the project, by plain relative paths',
    exitCode: 2,
  },
  E_GENERATE_PLACE: {
    title: 'no clear place for the code',
    remedy: 'let `after` be a text that stands in one line of the file',
    exitCode: 1,
  },
  E_GENERATE_UNCLEAR: {
    title: 'description fits no generator, or several',
    remedy: 'name the generator itself; `booster generate list` lists all',
    exitCode: 2,
  },
  E_GENERATE_SLOWER: {
    title: 'generated code would not be faster here',
    remedy: 'keep what the message names; a newer or older Node may give another answer',
    exitCode: 1,
  },
  E_GENERATE_RECORD: {
    title: 'record of generated files cannot be used',
    remedy: 'restore .booster/generated.json from version control, or delete it and use --force once',
    exitCode: 2,
  },
} as const;
