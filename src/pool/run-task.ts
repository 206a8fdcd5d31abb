import { Engines } from './engines.ts';
import type { EngineOptions } from './engines.ts';
import type { PoolTask, TaskKind, TaskKinds } from './protocol.ts';
import type { TaskRunner, TaskStep } from './task-step.ts';

type Begin<Request> = (request: Request) => TaskStep;

interface Handler<Request> {
  readonly isLoaded: () => boolean;
  readonly begin: (request: Request) => TaskStep;
}

type Handlers = {
  readonly [Kind in TaskKind]: Handler<TaskKinds[Kind]['request']>;
};

/** A runner with engines of its own, each loaded when a task first wants it: a file without any trigger text loads none. */
export function createTaskRunner(options: EngineOptions): TaskRunner {
  const engines = new Engines(options);
  const handlers: Handlers = {
    optimize: loadedByFirst(async () => {
      const { beginOptimize } = await import('./optimize-task.ts');
      return (request) => beginOptimize(request, engines);
    }),
    analyze: loadedByFirst(async () => {
      const { beginAnalyze } = await import('./analyze-task.ts');
      return (request) => beginAnalyze(request, engines);
    }),
    apply: loadedByFirst(async () => {
      const [{ beginApply }, { MergeEngines }] = await Promise.all([
        import('./apply-task.ts'),
        import('./merge-engines.ts'),
      ]);
      const merging = new MergeEngines(engines);
      return (request) => beginApply(request, merging);
    }),
  };
  return {
    isLoaded: ({ kind }: PoolTask) => handlers[kind].isLoaded(),
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

/** A command has tasks of one kind only, and what does the others would cost it some milliseconds. */
function loadedByFirst<Request>(load: () => Promise<Begin<Request>>): Handler<Request> {
  let loaded: Begin<Request> | undefined;
  const begin = (request: Request): TaskStep => {
    if (loaded !== undefined) return loaded(request);
    const prepare = async (): Promise<void> => {
      loaded ??= await load();
    };
    return { isDone: false, prepare, resume: () => begin(request) };
  };
  return { isLoaded: () => loaded !== undefined, begin };
}

function begin<Kind extends TaskKind>(
  task: { kind: Kind; request: TaskKinds[Kind]['request'] },
  handlers: Handlers,
): TaskStep {
  return handlers[task.kind].begin(task.request);
}
