import { BoosterError } from '../shared/errors.ts';
import { isStackOverflow } from '../shared/stack-overflow.ts';
import { customRule } from './custom/custom-rule.ts';
import { type Edit, EditedText } from './edit.ts';
import { TypeAnswers } from './evidence/type-answers.ts';
import { type Finding, isWithin } from './finding.ts';
import { findFindings, findWithTools, type FoundFinding, openTools, type RuleFailure } from './find-findings.ts';
import { gateReason } from './gate.ts';
import { LineIndex } from './line-index.ts';
import { findingKey } from './finding-key.ts';
import type { OptimizeRequest, OptimizeResult, PlacedFinding } from './optimize.ts';
import type { ParsePort } from './parse-port.ts';
import type { Rule } from './rule.ts';
import { selectFindings } from './select-findings.ts';
import { roundQuestions } from './size/round-places.ts';
import { settleSize } from './size/settle-size.ts';
import { suppressionProblems } from './suppression-problems.ts';
import { mayIgnore, Suppressions } from './suppressions.ts';
import type { SyntaxTree } from './syntax-tree.ts';

const tooDeep = 'the code is nested too deeply to be analysed';

/** Rewrites make room for others; more rounds than this mean that two rules undo each other. */
const maximumRounds = 100;

/** `true` when at least one rule's trigger text occurs: other files need no parser. */
export function mayMatch(text: string, rules: readonly Rule[]): boolean {
  return rules.some((rule) => rule.triggers.some((trigger) => text.includes(trigger)));
}

/**
 * Runs the requested rules over one text until nothing changes any more, applying the findings whose tier is within the
 * level. Every round is parsed again; edits that break the gate are dropped one by one and named in `failedRules`.
 * Never throws for what a text or a rule does: a file that can't be handled is `refused` with its reason. Errors of the
 * parser itself (a trap, its memory limit) are thrown: the caller discards the instance.
 */
export function optimizeText(request: OptimizeRequest, allRules: readonly Rule[], parser: ParsePort): OptimizeResult {
  const rules = wantedRules(request, allRules);
  if (!mayMatch(request.text, rules) && !mayIgnore(request.text)) return unchanged('none', [], [], 0);
  const tree = parser.parse(request.text, request.language);
  const [problem] = tree.problems;
  if (problem !== undefined) {
    const place = new LineIndex(request.text).place(problem.offset);
    return refused('oxc', { code: 'E_SYNTAX', message: problem.message, ...place });
  }
  try {
    const run = new OptimizeRun(request, rules, parser, tree);
    const result = run.run();
    const ran = { ran: new Set(request.rules), all: rulesFor(request, allRules) };
    const problems = run.suppressions === undefined ? [] : suppressionProblems(run.suppressions, ran);
    return problems.length === 0 ? result : { ...result, suppressionProblems: problems };
  } catch (error) {
    // deeply nested code exhausts the stack of the recursive passes
    if (isStackOverflow(error)) return refused('oxc', { code: 'E_FILE_TOO_DEEP', message: tooDeep });
    throw error;
  }
}

/**
 * Findings only, never edits: for trees of the tolerant reader.
 * @throws BoosterError E_FILE_TOO_DEEP
 */
export function reportFindings(
  tree: SyntaxTree,
  request: OptimizeRequest,
  allRules: readonly Rule[],
  parser: ParsePort,
): PlacedFinding[] {
  const failures: RuleFailure[] = [];
  let found: readonly FoundFinding[];
  try {
    found = findFindings(tree, wantedRules(request, allRules), parser, failures);
  } catch (error) {
    if (isStackOverflow(error)) throw new BoosterError('E_FILE_TOO_DEEP', tooDeep, {}, error);
    throw error;
  }
  const lines = new LineIndex(request.text);
  return found.map(({ finding }) => {
    const blockedBy = finding.edits === undefined ? finding.blockedBy : 'the file has a syntax error';
    const plain = { ...withoutEdits(finding), ...(blockedBy === undefined ? {} : { blockedBy }) };
    return { ...plain, ...lines.place(finding.start), status: 'manual' };
  });
}

/** Edits of single findings are offsets into a text between two rounds: of no use to anybody else. */
function withoutEdits(finding: Finding): Omit<Finding, 'edits'> {
  const { ruleId, start, end, message, tier, evidence, complexity, blockedBy } = finding;
  const plain = { ruleId, start, end, message, tier, evidence, complexity };
  return blockedBy === undefined ? plain : { ...plain, blockedBy };
}

function wantedRules(request: OptimizeRequest, allRules: readonly Rule[]): Rule[] {
  const wanted = new Set(request.rules);
  return rulesFor(request, allRules).filter((rule) => wanted.has(rule.meta.id));
}

function rulesFor({ language, custom }: OptimizeRequest, allRules: readonly Rule[]): Rule[] {
  const own = custom?.map(customRule) ?? [];
  return [...allRules, ...own].filter((rule) => rule.meta.languages.includes(language));
}

/** The rounds of one file. */
class OptimizeRun {
  readonly #request: OptimizeRequest;
  readonly #parser: ParsePort;
  readonly #original: SyntaxTree;
  readonly #edited: EditedText;
  readonly #failures: RuleFailure[] = [];
  readonly #applied: PlacedFinding[] = [];
  readonly #lines: LineIndex;
  /** `ruleId` and original offset of rewrites that broke the gate: not tried again. */
  readonly #dropped = new Set<string>();
  readonly #only: ReadonlySet<string> | undefined;
  readonly #types: TypeAnswers | undefined;
  /** An error that the file had before, and that shows only when scopes are looked at. */
  #flaw: OptimizeResult['reason'];
  /** Of the original text, once the rules have run over it. */
  #suppressions: Suppressions | undefined;
  #rules: readonly Rule[];
  #tree: SyntaxTree;
  #rounds = 0;

  constructor(request: OptimizeRequest, rules: readonly Rule[], parser: ParsePort, tree: SyntaxTree) {
    this.#request = request;
    this.#rules = rules;
    this.#parser = parser;
    this.#original = tree;
    this.#tree = tree;
    this.#only = request.only && new Set(request.only);
    this.#edited = new EditedText(request.text);
    this.#lines = new LineIndex(request.text);
    const isAsking = request.askTypes === true || request.types !== undefined;
    this.#types = isAsking ? new TypeAnswers(request.types ?? [], this.#edited) : undefined;
  }

  get suppressions(): Suppressions | undefined {
    return this.#suppressions;
  }

  run(): OptimizeResult {
    for (;;) {
      const found = this.#find();
      if (this.#request.findOnly === true) return this.#finish(found);
      const chosen = selectFindings(found.filter(({ finding }) => this.#isWanted(finding)));
      if (chosen.length === 0) return this.#finish(found);
      if (this.#rounds >= maximumRounds)
        return refused(
          'oxc',
          { code: 'E_GATE_REFUSED', message: `the rewrites did not settle in ${String(maximumRounds)} rounds` },
          this.#failures,
        );
      this.#rounds += 1;
      this.#applyRound(chosen.map(({ finding }) => finding));
      if (this.#flaw !== undefined) return refused('oxc', this.#flaw);
    }
  }

  /** A file that is wrong in a way only scopes show can't be edited: the gate could not tell our errors from its own. */
  #findFlaw(): void {
    const [problem] = this.#parser.parse(this.#request.text, this.#request.language, { semantic: true }).problems;
    if (problem === undefined) return;
    this.#flaw = { code: 'E_SYNTAX', message: problem.message, ...this.#lines.place(problem.offset) };
  }

  #find(): FoundFinding[] {
    const failedBefore = this.#failures.length;
    const tools = openTools(this.#tree, this.#parser, this.#types);
    const suppressions = new Suppressions(tools.ast);
    this.#suppressions ??= suppressions;
    // a rewrite may bring in the trigger of a rule that had nothing to do in the text before
    const matching = this.#rules.filter((rule) => mayMatch(this.#tree.text, [rule]));
    const found = findWithTools(tools, matching, suppressions, this.#failures);
    // a rule that threw once would throw again in the next round
    const failed = new Set(this.#failures.slice(failedBefore).map((failure) => failure.ruleId));
    if (failed.size > 0) this.#rules = this.#rules.filter((rule) => !failed.has(rule.meta.id));
    const { rounds } = this.#request;
    if (rounds === undefined) return found;
    return found.map((one) => {
      const meta = this.#rules.find((rule) => rule.meta.id === one.finding.ruleId)?.meta;
      const key = this.#key(one.finding);
      const measured = Object.hasOwn(rounds, key) ? rounds[key] : undefined;
      return meta === undefined ? one : { ...one, finding: settleSize(one, meta, measured) };
    });
  }

  #isWanted(finding: Finding): boolean {
    return (
      finding.edits !== undefined &&
      isWithin(finding.tier, this.#request.level) &&
      !this.#dropped.has(this.#key(finding)) &&
      this.#only?.has(this.#key(finding)) !== false
    );
  }

  #key(finding: Finding): string {
    return findingKey({ ruleId: finding.ruleId, start: this.#edited.originalOffset(finding.start) });
  }

  #applyRound(findings: readonly Finding[]): void {
    if (this.#tryApply(findings)) return;
    if (this.#applied.length === 0) this.#findFlaw();
    if (this.#flaw !== undefined) return;
    // one of them breaks the gate: halve until the culprit stands alone, then name it
    const [first] = findings;
    if (findings.length === 1 && first !== undefined) {
      this.#dropped.add(this.#key(first));
      this.#failures.push({ ruleId: first.ruleId, message: 'its rewrite was refused by the gate' });
      return;
    }
    const middle = Math.ceil(findings.length / 2);
    this.#applyRound(findings.slice(0, middle));
    // the second half is found again in the next round, on the new text
  }

  #tryApply(findings: readonly Finding[]): boolean {
    const edits = findings.flatMap((finding) => finding.edits ?? []).sort((a, b) => a.start - b.start || a.end - b.end);
    const text = applyTo(this.#tree.text, edits);
    const tree = this.#parser.parse(text, this.#request.language, { semantic: true });
    if (gateReason(this.#tree, tree, edits) !== undefined) return false;
    this.#applied.push(...findings.map((finding) => this.#placed(finding, 'applied')));
    this.#edited.apply(edits);
    this.#tree = tree;
    return true;
  }

  #placed(finding: Finding, status: PlacedFinding['status']): PlacedFinding {
    const start = this.#edited.originalOffset(finding.start);
    const end = Math.max(start, this.#edited.originalOffset(finding.end));
    return { ...withoutEdits(finding), start, end, ...this.#lines.place(start), status };
  }

  #finish(found: readonly FoundFinding[]): OptimizeResult {
    const rest = found.map(({ finding }) => this.#placed(finding, this.#restStatus(finding)));
    const findings = [...this.#applied, ...rest].sort(
      (a, b) => a.start - b.start || a.end - b.end || (a.ruleId < b.ruleId ? -1 : 1),
    );
    const edits: readonly Edit[] = this.#edited.edits();
    if (edits.length === 0) {
      return { ...unchanged('oxc', findings, this.#failures, this.#rounds), ...this.#questions(found) };
    }
    const reason = gateReason(this.#original, this.#tree, edits);
    if (reason !== undefined) return refused('oxc', { code: 'E_GATE_REFUSED', message: reason }, this.#failures);
    return { status: 'rewritten', edits, findings, failedRules: this.#failures, reader: 'oxc', rounds: this.#rounds };
  }

  /** What evidence from outside of the text could be of use. */
  #questions(found: readonly FoundFinding[]): Pick<OptimizeResult, 'askedTypes' | 'askedRounds'> {
    const { findOnly, askTypes, askRounds } = this.#request;
    if (findOnly !== true) return {};
    return {
      ...(askTypes === true && { askedTypes: this.#types?.asked ?? [] }),
      ...(askRounds === true && { askedRounds: roundQuestions(found, this.#rules, this.#tree) }),
    };
  }

  #restStatus(finding: Finding): PlacedFinding['status'] {
    if (this.#request.findOnly === true && this.#isWanted(finding)) return 'applied';
    return finding.edits === undefined || isWithin(finding.tier, this.#request.level) ? 'manual' : 'available';
  }
}

function applyTo(text: string, edits: readonly Edit[]): string {
  const edited = new EditedText(text);
  edited.apply(edits);
  return edited.text;
}

function unchanged(
  reader: OptimizeResult['reader'],
  findings: readonly PlacedFinding[],
  failedRules: readonly RuleFailure[],
  rounds: number,
): OptimizeResult {
  return { status: 'unchanged', edits: [], findings, failedRules, reader, rounds };
}

function refused(
  reader: OptimizeResult['reader'],
  reason: NonNullable<OptimizeResult['reason']>,
  failedRules: readonly RuleFailure[] = [],
): OptimizeResult {
  return { status: 'refused', edits: [], findings: [], reason, failedRules, reader, rounds: 0 };
}
