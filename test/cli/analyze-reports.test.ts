import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/engine/edit.ts';
import { Project } from './project.ts';

/** The validator of draft 4 that eslint brings along. */
const require = createRequire(createRequire(import.meta.url).resolve('eslint/package.json'));
const Ajv = require('ajv');

/** A name and a code that mean something in XML, URIs, workflow commands, tables and terminals. */
const name = 'src/a b%2C,<"ü🐢#.ts';
const fixable = "export const first = (text: string) => text.split(',')[0];\n";
const code = [
  "/* 🐢🐢 */ export const second = (ü🐢: string) => ü🐢.split('%0A::error::|<')[0];".replaceAll('ü🐢', 'ü'),
  'export const find = (orders: { id: string }[], users: { id: string }[]) =>',
  '  orders.map((order) => users.find((user) => user.id === order.id));',
  '',
].join('\n');

interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly {
        readonly deletedRegion: SarifRegion;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly SarifResult[];
  readonly invocations: readonly {
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
}

interface GitlabEntry {
  readonly check_name: string;
  readonly severity: string;
  readonly fingerprint: string;
  readonly location: { readonly path: string };
}

interface RdRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

interface Diagnostic {
  readonly code: { readonly value: string };
  readonly location: { readonly path: string; readonly range: RdRange };
  readonly suggestions?: readonly { readonly range: RdRange; readonly text: string }[];
}

function sarifRun(text: string): SarifRun {
  return (JSON.parse(text) as { readonly runs: [SarifRun] }).runs[0];
}

function uriOf({ locations }: SarifResult): string {
  return locations[0]?.physicalLocation.artifactLocation.uri ?? '';
}

const forms = ['sarif', 'gitlab', 'junit', 'rdjson', 'markdown', 'github'] as const;
const project = new Project();
const reports = new Map<string, string>();

beforeAll(async () => {
  project.write(name, code);
  project.write('fix.ts', fixable);
  project.write('broken.ts', 'const = 1;\n');
  const outputs = forms.flatMap((form) => ['--output-file', `${form}=out/${form}`]);
  const { exitCode } = await project.run(['analyze', '.', ...outputs]);
  expect(exitCode).toBe(0);
  for (const form of forms) reports.set(form, project.read(`out/${form}`));
});
afterAll(() => {
  project.remove();
});

function report(form: (typeof forms)[number]): string {
  return reports.get(form) ?? '';
}

describe('sarif', () => {
  it('fits the schema of SARIF 2.1.0', () => {
    const schema = JSON.parse(readFileSync(new URL('fixtures/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'));
    const ajv = new Ajv({ schemaId: 'auto', unknownFormats: 'ignore', logger: false });
    ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
    const validate = ajv.compile(schema);
    validate(JSON.parse(report('sarif')));
    expect(validate.errors).toBeNull();
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  it('gives relative URIs that lead back to the files', () => {
    const { results } = sarifRun(report('sarif'));
    const uris = results.map(uriOf);
    expect(new Set(uris.map(decodeURIComponent))).toEqual(new Set(['fix.ts', name]));
    for (const uri of uris) expect(uri).toMatch(/^[\w.%/~!'()*-]+$/);
  });

  it('names each rule once, and its results by their index', () => {
    const { tool, results } = sarifRun(report('sarif'));
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
  });

  it('carries rewrites as fixes that give what optimize writes', async () => {
    const { results } = sarifRun(report('sarif'));
    const one = results.find((result) => uriOf(result) === 'fix.ts');
    const [change] = one?.fixes?.[0]?.artifactChanges ?? [];
    const lines = fixable.split('\n');
    const offset = (line: number, column: number): number =>
      lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    const edits = (change?.replacements ?? []).map(({ deletedRegion: region, insertedContent }) => ({
      start: offset(region.startLine, region.startColumn),
      end: offset(region.endLine, region.endColumn),
      text: insertedContent.text,
    }));
    const { stdout } = await project.run(['optimize', '-', '--stdin-filepath', 'fix.ts', '-q'], { input: fixable });
    expect(applyEdits(fixable, edits)).toBe(stdout);
  });

  it('says which files could not be analysed', () => {
    const [invocation] = sarifRun(report('sarif')).invocations;
    expect(invocation?.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
      expect.stringContaining('(E_SYNTAX)'),
    ]);
  });

  it('keeps its fingerprints when the code moves, and changes them with the code', async () => {
    const prints = async (text: string): Promise<string[]> => {
      const other = new Project();
      other.write('a.ts', text);
      const { stdout } = await other.run(['analyze', 'a.ts', '--reporter', 'sarif']);
      other.remove();
      return sarifRun(stdout).results.map((one) => one.partialFingerprints['boosterFinding/v1'] ?? '');
    };
    const before = await prints(fixable);
    expect(await prints(`// moved\n\n${fixable}`)).toEqual(before);
    expect(await prints(fixable.replace("','", "';'"))).not.toEqual(before);
    expect(new Set(await prints(fixable + fixable.replace('first', 'other'))).size).toBe(2);
  });
});

it('gives GitLab relative paths, and fingerprints that differ', () => {
  const entries = JSON.parse(report('gitlab')) as GitlabEntry[];
  expect(entries.map(({ location }) => location.path).sort()).toEqual(['fix.ts', name, name].sort());
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  for (const { severity, check_name: rule } of entries) {
    expect([severity, rule]).toEqual([expect.stringMatching(/^(critical|major|minor)$/), expect.any(String)]);
  }
});

it('gives JUnit one suite per file and escapes what XML would take for its own', () => {
  const xml = report('junit');
  expect(xml.match(/<testsuite /g)).toHaveLength(3);
  expect(xml.match(/<failure /g)).toHaveLength(3);
  expect(xml.match(/<error /g)).toHaveLength(1);
  expect(xml).toContain('src/a b%2C,&lt;&quot;ü🐢#.ts');
  expect(
    xml.replace(/<\/?(?:testsuites?|testcase|failure|error|\?xml)(?:\s+[\w-]+="[^"<>]*")*\s*\/?\??>/g, ''),
  ).not.toMatch(/[<>]/);
});

it('gives reviewdog columns in UTF-8 bytes and safe rewrites as suggestions', () => {
  const { diagnostics } = JSON.parse(report('rdjson')) as { diagnostics: Diagnostic[] };
  const one = diagnostics.find(({ code: rule, location }) => rule.value === 'split-limit' && location.path === name);
  const [line = ''] = code.split('\n');
  const start = Buffer.byteLength(line.slice(0, line.indexOf('ü.split')));
  expect(one?.location.range.start).toEqual({ line: 1, column: start + 1 });
  const { range, text } = one!.suggestions![0]!;
  const bytes = Buffer.from(line);
  const rewritten = Buffer.concat([
    bytes.subarray(0, range.start.column - 1),
    Buffer.from(text),
    bytes.subarray(range.end.column - 1),
  ]).toString();
  expect(rewritten).toContain("ü.split('%0A::error::|<', 1)[0];");
});

it('keeps cells and names apart in Markdown', () => {
  const rows = report('markdown')
    .split('\n')
    .filter((row) => row.startsWith('| '));
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(8);
});

it('gives GitHub one command per finding, which nothing in the code can end or forge', () => {
  const commands = report('github').trimEnd().split('\n');
  expect(commands).toHaveLength(4);
  for (const command of commands) expect(command).toMatch(/^::(error|warning|notice) file=[^,:\n]+,/);
  expect(report('github')).toContain('file=src/a b%252C%2C<"ü🐢#.ts');
});
