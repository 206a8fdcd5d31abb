import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';
import { optimizeText, reportFindings } from '../engine/optimize-text.ts';
import { beginAnalyze } from './analyze-task.ts';
import { rules } from '../rules/index.ts';
import { beginApply } from './apply-task.ts';
import { Engines } from './engines.ts';
import type { EngineOptions, TolerantAnswer } from './engines.ts';
import type { PoolTask, TaskKind, TaskKinds } from './protocol.ts';
import type { TaskRunner, TaskStep } from './task-step.ts';

type Handlers = {
  readonly [Kind in TaskKind]: (request: TaskKinds[Kind]['request']) => TaskStep;
};

/** A runner with engines of its own, each loaded when a task first wants it: a file without any trigger text loads none. */
export function createTaskRunner(options: EngineOptions): TaskRunner {
  const engines = new Engines(options);
  const handlers: Handlers = {
    optimize: (request) => optimize(request, engines),
    analyze: (request) => beginAnalyze(request, engines),
    apply: (request) => beginApply(request, engines),
  };
  return {
    begin: (task: PoolTask) => begin(task, handlers),
    check: () => {
      engines.parse('let sign = "of life";', 'javascript');
    },
    get isPoisoned() {
      return engines.isPoisoned;
    },
    get memory() {
      return engines.memory;
    },
  };
}

function begin<Kind extends TaskKind>(
  task: { kind: Kind; request: TaskKinds[Kind]['request'] },
  handlers: Handlers,
): TaskStep {
  return handlers[task.kind](task.request);
}

function optimize(request: OptimizeRequest, engines: Engines): TaskStep {
  const result = optimizeText(request, rules, engines);
  if (result.reason?.code !== 'E_SYNTAX') return { isDone: true, result };
  return {
    isDone: false,
    prepare: () => engines.loadTolerantReader(),
    resume: () => {
      const read = engines.readTolerantly((reader) =>
        reportFindings(reader.parse(request.text, request.language), request, rules, engines),
      );
      return { isDone: true, result: withTolerantFindings(result, read) };
    },
  };
}

/** The file is refused either way; its findings are an extra, and the reason says when there are none. */
function withTolerantFindings(
  result: OptimizeResult,
  read: TolerantAnswer<OptimizeResult['findings']>,
): OptimizeResult {
  if ('value' in read) return { ...result, findings: read.value, reader: 'tree-sitter' };
  const { reason } = result;
  if (reason === undefined) return result;
  return { ...result, reason: { ...reason, message: `${reason.message} (no findings either: ${read.failure})` } };
}
