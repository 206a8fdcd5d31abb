/** Codes of edits that were not merged. A part of `errorTable`. */
export const applyErrors = {
  E_APPLY_DOCUMENT: {
    title: 'invalid JSON document on standard input',
    remedy: 'send { file or code, edit, language?, strictness?, expectHash? } or a list of such objects',
    exitCode: 2,
  },
  E_APPLY_OUTSIDE: {
    title: 'patch for a file outside of the working directory',
    remedy: 'run the command in the folder that the paths of the patch begin in',
    exitCode: 2,
  },
  E_APPLY_LANGUAGE: {
    title: 'unknown language',
    remedy: 'name one of javascript, jsx, typescript, tsx, python, go, rust, java, c, cpp and text, or none',
    exitCode: 2,
  },
  E_APPLY_EMPTY: {
    title: 'empty edit',
    remedy: 'send the code that changes, with enough lines around it',
    exitCode: 1,
  },
  E_APPLY_MARKERS_ONLY: {
    title: 'edit without code',
    remedy: 'send the code that changes beside the markers',
    exitCode: 1,
  },
  E_APPLY_NOT_TEXT: {
    title: 'not clean text',
    remedy: 'send text without NUL and without halves of characters',
    exitCode: 1,
  },
  E_APPLY_PLACEHOLDER: {
    title: 'placeholder in the edit',
    remedy: 'send the code itself, and `... existing code ...` in a comment where code stays',
    exitCode: 1,
  },
  E_APPLY_UNCLEAR: {
    title: 'edit with two readings',
    remedy: 'write what the message names in the way that it advises',
    exitCode: 1,
  },
  E_APPLY_MALFORMED: { title: 'malformed edit', remedy: 'send the edit complete and in one form', exitCode: 1 },
  E_APPLY_NOT_FOUND: {
    title: 'place of the edit not found',
    remedy: 'read the file again and repeat its lines exactly',
    exitCode: 1,
  },
  E_APPLY_AMBIGUOUS: {
    title: 'several places fit the edit',
    remedy: 'send more of the lines around the change',
    exitCode: 1,
  },
  E_APPLY_ORDER: {
    title: 'parts of the edit are in another order than the file',
    remedy: 'send them in the order of the file, or one by one',
    exitCode: 1,
  },
  E_APPLY_NO_POSITION: {
    title: 'nothing tells where the new code goes',
    remedy: 'send it together with the definition or line that comes before or behind it',
    exitCode: 1,
  },
  E_APPLY_EDGE: {
    title: 'it is open whether the lines beyond the edit stay',
    remedy: 'begin and end the edit with a marker where code stays',
    exitCode: 1,
  },
  E_APPLY_OVERLAP: {
    title: 'parts of the edit overlap',
    remedy: 'join the parts that touch the same lines',
    exitCode: 1,
  },
  E_APPLY_FILE_OPERATION: {
    title: 'edit adds, deletes or renames a file',
    remedy: 'do that by other means and send the rest of the edit',
    exitCode: 1,
  },
  E_APPLY_SEVERAL_FILES: { title: 'edit for several files', remedy: 'send one edit for each file', exitCode: 1 },
  E_APPLY_MARKER_LEFT: {
    title: 'a marker would reach the file',
    remedy: 'write the marker as a comment line of its own, or send the code that belongs there',
    exitCode: 1,
  },
  E_APPLY_EDIT_LOST: {
    title: 'lines of the edit would not all be in the result',
    remedy: 'send whole lines with context, in the order of the file',
    exitCode: 1,
  },
  E_APPLY_FOREIGN_LINE: {
    title: 'lines would come in that the edit does not have there',
    remedy: 'send more lines around the change',
    exitCode: 1,
  },
  E_APPLY_COLLATERAL: {
    title: 'lines would change that the edit does not speak of',
    remedy: 'send the lines around each change, and a marker where code stays',
    exitCode: 1,
  },
  E_APPLY_SYNTAX: {
    title: 'the result would have a new syntax error',
    remedy: 'send whole statements and definitions, with their brackets closed',
    exitCode: 1,
  },
  E_APPLY_LOST_DEFINITION: {
    title: 'a definition would be lost',
    remedy: 'send it too, put a marker where it stays, or say `// remove <name>`',
    exitCode: 1,
  },
  E_APPLY_DUPLICATE: {
    title: 'something would stand in the file twice',
    remedy: 'send the lines around it, so that it is clear what takes the place of what',
    exitCode: 1,
  },
  E_APPLY_LOSSY: {
    title: 'it is not certain which lines are to go',
    remedy: 'send lines that are unique in the file before and behind what goes',
    exitCode: 1,
  },
  E_APPLY_BOUNDARY: {
    title: 'a line could be new or take the place of another',
    remedy: 'send the line of the file that comes next to it',
    exitCode: 1,
  },
  E_APPLY_INDENTATION: {
    title: 'the indentation of the edit is not clear',
    remedy: 'indent the edit as the file is, or shift all of it by the same',
    exitCode: 1,
  },
  E_APPLY_BUDGET: {
    title: 'the edit would take too long to place',
    remedy: 'send a smaller edit, or one whose lines are not all alike',
    exitCode: 1,
  },
} as const;
