import { commentBody } from './comment-body.ts';

const directive =
  /^(?:\.{3}\s*)?(?:remove|removed|delete|deleted|drop)\s*:?\s+(?:the\s+)?(?:(?:function|method|class|struct|enum|interface|type|const|constant|variable|component|block|definition|def|fn|func)\s+)?[`'"]?(?<name>[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\p{N}_$]*)*)[`'"]?(?:\(\))?(?:\s+(?:function|method|class|struct|enum|interface|type|constant|variable|component|block|definition))?(?:\s*\.{3})?$/iu;

/** The name that a comment such as `// remove parseOld` asks to take out; `undefined` for every other line. */
export function directedRemoval(line: string): string | undefined {
  if (line.length > 200) return undefined;
  const { body, isComment } = commentBody(line);
  return isComment ? directive.exec(body)?.groups?.['name'] : undefined;
}

const keyword =
  '(?:function|class|interface|enum|struct|union|trait|impl|type|def|fn|func|const|let|var|static|namespace|module|macro_rules!|#define|record|object)';

/**
 * Whether the lines define `name`, as far as one line tells. Careful on purpose: a comment that only looks like a
 * directive (`// remove duplicates`) must stay a comment.
 */
export function definesName(lines: readonly string[], name: string): boolean {
  const last = name.split(/\.|::|#/u).at(-1) ?? name;
  const escaped = last.replace(/[$]/gu, String.raw`\$&`);
  const declared = new RegExp(String.raw`${keyword}\*?\s+(?:\([^)]*\)\s*)?${escaped}(?![\p{L}\p{N}_$])`, 'u');
  const method = new RegExp(
    String.raw`^\s*(?:[\p{L}_$][^=;(){}"']*[\s*&])?${escaped}\s*(?:<[^()]*>)?\([^;]*(?:\{|\)|,)\s*$`,
    'u',
  );
  return lines.some(
    (line) => line.includes(last) && (declared.test(line) || (method.test(line) && line.endsWith('{'))),
  );
}
