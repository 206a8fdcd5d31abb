import { _, str } from 'ajv';
import type { CodeKeywordDefinition, KeywordErrorDefinition } from 'ajv';

/** What is called while booster itself checks a value. */
function codePoints(text: string): number {
  return Array.from(text).length;
}

const error: KeywordErrorDefinition = {
  message: ({ keyword, schemaCode }) =>
    str`must NOT have ${keyword === 'maxLength' ? 'more' : 'fewer'} than ${schemaCode} characters`,
  params: ({ schemaCode }) => _`{limit: ${schemaCode}}`,
};

/**
 * `maxLength` and `minLength` as ajv has them, with the same errors, but characters are counted only where the number of code units
 * leaves it open: a text has at most as many characters as code units, and at least half as many. The compiled code calls
 * `codePoints` of `runtimeSources` in place of ajv's own function. For short texts counting took more than half of the time of a validator.
 */
export const textLength: CodeKeywordDefinition = {
  keyword: ['maxLength', 'minLength'],
  type: 'string',
  schemaType: 'number',
  error,
  code(context) {
    const { keyword, data } = context;
    const limit = context.schema as number;
    const count = context.gen.scopeValue('func', { ref: codePoints, code: _`codePoints` });
    if (keyword === 'maxLength') context.fail(_`${data}.length > ${limit} && ${count}(${data}) > ${limit}`);
    else context.fail(_`${data}.length < ${2 * limit} && ${count}(${data}) < ${limit}`);
  },
};
