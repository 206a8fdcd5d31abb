import type { AssetName } from '../asset-path.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { scriptRules } from './script-outline.ts';

function grammar(asset: AssetName): OutlineGrammar {
  return {
    asset,
    opaque: [
      'rest_pattern',
      'object_pattern',
      'type_annotation',
      'type_parameters',
      'type_arguments',
      'object_type',
      'decorator',
      'import_statement',
      'string',
      'template_string',
      'regex',
      'member_expression',
      'binary_expression',
      'enum_body',
      'jsx_opening_element',
    ],
    comments: ['comment', 'html_comment'],
    strings: ['string', 'template_string', 'regex', 'jsx_text'],
    codeInStrings: ['template_substitution'],
    rules: scriptRules,
  };
}

export const javascriptOutline: OutlineGrammar = grammar('tree-sitter-javascript.wasm');
export const typescriptOutline: OutlineGrammar = grammar('tree-sitter-typescript.wasm');
export const tsxOutline: OutlineGrammar = grammar('tree-sitter-tsx.wasm');
