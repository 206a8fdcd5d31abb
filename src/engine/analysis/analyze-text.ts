import { isStackOverflow } from '../../shared/stack-overflow.ts';
import type { Finding } from '../finding.ts';
import { findWithTools, openTools, type RuleFailure, type RuleTools } from '../find-findings.ts';
import { LineIndex } from '../line-index.ts';
import { mayMatch } from '../optimize-text.ts';
import type { ParsePort } from '../parse-port.ts';
import type { Rule } from '../rule.ts';
import { suppressionProblems } from '../suppression-problems.ts';
import type { SuppressionProblem } from '../suppression-problems.ts';
import { Suppressions } from '../suppressions.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { confidences } from './analysis.ts';
import type { AnalysisFinding, AnalyzeRequest, AnalyzeResult } from './analysis.ts';
import { doubtAbout } from './doubts.ts';
import type { Detector, DetectorContext, DetectorFinding } from './detector.ts';
import { Fingerprints } from './fingerprint.ts';
import { type FunctionTable, functionTable, rangeOf } from './function-table.ts';
import type { RegexPort, RegexVerdict } from './regex-port.ts';
import { assessFinding } from './rule-findings.ts';

/** What analysing needs beside the text. */
export interface AnalyzeParts {
  readonly rules: readonly Rule[];
  readonly detectors: readonly Detector[];
  readonly parser: ParsePort;
  readonly regexes: RegexPort;
}

/**
 * Finds what is slow in one text and measures its functions. Never throws for what a text, a rule or a detector does: a file that
 * can't be handled is `refused` with its reason. Errors of the parser itself (a trap, its memory limit) are thrown.
 */
export function analyzeText(request: AnalyzeRequest, parts: AnalyzeParts): AnalyzeResult {
  const tree = parts.parser.parse(request.text, request.language);
  const [problem] = tree.problems;
  if (problem !== undefined) {
    const place = new LineIndex(request.text).place(problem.offset);
    return refused({ code: 'E_SYNTAX', message: problem.message, ...place });
  }
  return analyzeTree(tree, request, parts);
}

/** The same for a tree that is there already, perhaps of the tolerant reader. */
export function analyzeTree(tree: SyntaxTree, request: AnalyzeRequest, parts: AnalyzeParts): AnalyzeResult {
  try {
    return new Analysis(tree, request, parts).run();
  } catch (error) {
    // deeply nested code exhausts the stack of the recursive passes
    if (!isStackOverflow(error)) throw error;
    return refused({ code: 'E_FILE_TOO_DEEP', message: 'the code is nested too deeply to be analysed' });
  }
}

function refused(reason: NonNullable<AnalyzeResult['reason']>): AnalyzeResult {
  const nothing = {
    findings: [],
    functions: [],
    suppressionProblems: [],
    suppressed: 0,
    undecidedRegexes: 0,
    failedRules: [],
  } as const;
  return { status: 'refused', ...nothing, reason, reader: 'oxc' };
}

/** A finding before it has a place in the text. */
interface Draft extends Omit<AnalysisFinding, keyof ReturnType<typeof rangeOf> | 'fingerprint' | 'functionIndex'> {
  readonly node: number;
  readonly start: number;
  readonly end: number;
}

/** What a rule says of the same code as a detector is worth more: it may know the rewrite. Without one, the surer of both counts. */
function onePerPlace(ofRules: readonly Draft[], ofDetectors: readonly Draft[]): Draft[] {
  const isSurer = (a: Draft, b: Draft): boolean =>
    b.fixable === undefined && confidences.indexOf(a.confidence) > confidences.indexOf(b.confidence);
  const place = ({ start, end }: Draft): string => `${String(start)}:${String(end)}`;
  const known = new Map(ofRules.map((draft) => [place(draft), draft]));
  const kept = ofDetectors.filter((draft) => {
    const rule = known.get(place(draft));
    return rule === undefined || isSurer(draft, rule);
  });
  const taken = new Set(kept.map(place));
  return [...ofRules.filter((draft) => !taken.has(place(draft))), ...kept];
}

class Analysis {
  readonly #tree: SyntaxTree;
  readonly #request: AnalyzeRequest;
  readonly #parts: AnalyzeParts;
  readonly #tools: RuleTools;
  readonly #lines: LineIndex;
  readonly #suppressions: Suppressions;
  readonly #failures: RuleFailure[] = [];
  readonly #undecided = new Set<string>();
  readonly #regexes: RegexPort = { verdict: (source, flags) => this.#verdict(source, flags) };

  constructor(tree: SyntaxTree, request: AnalyzeRequest, parts: AnalyzeParts) {
    this.#tree = tree;
    this.#request = request;
    this.#parts = parts;
    this.#tools = openTools(tree, parts.parser);
    this.#lines = new LineIndex(request.text);
    this.#suppressions = new Suppressions(this.#tools.ast);
  }

  run(): AnalyzeResult {
    const table = functionTable(this.#tools, this.#lines);
    const ofRules = this.#ruleDrafts();
    const ofDetectors = this.#detectorDrafts().filter(({ node }) => !this.#suppressions.hasSilenced(node));
    const drafts = onePerPlace(ofRules, ofDetectors).sort(
      (a, b) => a.start - b.start || b.end - a.end || (a.ruleId < b.ruleId ? -1 : 1),
    );
    return {
      status: 'analyzed',
      findings: this.#placed(drafts, table),
      functions: table.functions,
      suppressionProblems: this.#suppressionProblems(),
      suppressed: this.#suppressions.silenced,
      undecidedRegexes: this.#undecided.size,
      failedRules: this.#failures,
      reader: this.#tree.source,
    };
  }

  #ruleDrafts(): Draft[] {
    const { text, language, rules: wanted } = this.#request;
    const ids = new Set(wanted);
    const rules = this.#parts.rules.filter(
      (rule) => ids.has(rule.meta.id) && rule.meta.languages.includes(language) && mayMatch(text, [rule]),
    );
    const found = findWithTools(this.#tools, rules, this.#suppressions, this.#failures);
    return found.map(({ finding, node }) => this.#ruleDraft(finding, node));
  }

  #ruleDraft(finding: Finding, node: number): Draft {
    const { ruleId, start, end, message, complexity, evidence, tier, edits, blockedBy } = finding;
    const canRewrite = edits !== undefined && this.#tree.source === 'oxc';
    return {
      node,
      ruleId,
      start,
      end,
      message,
      complexity,
      evidence,
      ...assessFinding(finding, doubtAbout(this.#tools, node, complexity)),
      ...(canRewrite
        ? {
            fixable: tier,
            edits: edits.map((edit) => ({ ...rangeOf(edit.start, edit.end, this.#lines), text: edit.text })),
          }
        : {}),
      ...(blockedBy === undefined ? {} : { blockedBy }),
    };
  }

  #detectorDrafts(): Draft[] {
    const { text, rules: wanted, language } = this.#request;
    // declarations hold no code that runs
    if (language === 'dts') return [];
    const ids = new Set(wanted);
    const result: Draft[] = [];
    for (const detector of this.#parts.detectors) {
      if (!ids.has(detector.meta.id) || !detector.triggers.some((trigger) => text.includes(trigger))) continue;
      result.push(...this.#runDetector(detector));
    }
    return result;
  }

  #runDetector(detector: Detector): Draft[] {
    const { meta } = detector;
    const found: Draft[] = [];
    const report = (finding: DetectorFinding): void => {
      if (!this.#suppressions.silences(meta.id, finding.node)) found.push(this.#detectorDraft(finding, detector));
    };
    const { ast, scope, evidence, purity, patterns } = this.#tools;
    const ctx: DetectorContext = { ast, scope, evidence, purity, patterns, regexes: this.#regexes, report };
    try {
      detector.find(ctx);
      return found;
    } catch (error) {
      if (isStackOverflow(error)) throw error;
      this.#failures.push({ ruleId: meta.id, message: error instanceof Error ? error.message : String(error) });
      return [];
    }
  }

  #verdict(source: string, flags: string): RegexVerdict | undefined {
    const verdict = this.#parts.regexes.verdict(source, flags);
    if (verdict?.kind === 'unknown') this.#undecided.add(`${flags}/${source}`);
    return verdict;
  }

  #detectorDraft(finding: DetectorFinding, { meta }: Detector): Draft {
    const { ast } = this.#tools;
    const { node, message } = finding;
    const complexity = finding.complexity ?? meta.complexity;
    const doubt = meta.group === 'growth' ? doubtAbout(this.#tools, node, complexity) : undefined;
    const [confidence, confidenceReason] =
      doubt === undefined ? [finding.confidence, finding.confidenceReason] : (['possible', doubt] as const);
    return {
      node,
      ruleId: meta.id,
      start: ast.start(node),
      end: finding.end ?? ast.end(node),
      level: finding.level ?? meta.level,
      message,
      complexity,
      evidence: finding.evidence ?? [],
      confidence,
      confidenceReason,
      remedy: finding.remedy ?? meta.remedy,
    };
  }

  #placed(drafts: readonly Draft[], table: FunctionTable): AnalysisFinding[] {
    const fingerprints = new Fingerprints();
    return drafts.map(({ node, start, end, ...rest }) => {
      const functionIndex = table.indexAround(node);
      const functionName = functionIndex === undefined ? '' : (table.functions[functionIndex]?.name ?? '');
      const source = this.#request.text.slice(start, Math.min(end, start + 1000));
      return {
        ...rest,
        ...rangeOf(start, end, this.#lines),
        fingerprint: fingerprints.next(rest.ruleId, functionName, source),
        ...(functionIndex === undefined ? {} : { functionIndex }),
      };
    });
  }

  #suppressionProblems(): SuppressionProblem[] {
    const { rules, detectors } = this.#parts;
    const known = new Set([...rules, ...detectors].map(({ meta }) => meta.id));
    return suppressionProblems(this.#suppressions, { ran: new Set(this.#request.rules), all: rules, known });
  }
}
