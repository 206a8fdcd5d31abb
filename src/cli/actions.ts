import type { Io } from '../shared/io.ts';
import type { ExitCode } from './exit-codes.ts';
import type { PoolActions } from './add-pool-commands.ts';
import type { SetupActions } from './add-setup-commands.ts';
import type { Actions } from './program.ts';

/** What the commands do, each loaded when it is called. `end` takes the exit code of a command that has one of its own. */
export function createActions(argv: readonly string[], io: Io, end: (code: ExitCode) => void): Actions {
  return {
    async optimize(paths, flags) {
      const { runOptimize } = await import('./commands/optimize.ts');
      end(await runOptimize(paths, flags, argv, io));
    },
    async analyze(paths, flags) {
      const { runAnalyze } = await import('./commands/analyze.ts');
      end(await runAnalyze(paths, flags, io));
    },
    async apply(file, flags) {
      const { runApply } = await import('./commands/apply.ts');
      end(await runApply(file, flags, argv, io));
    },
    async generate(generator, name, flags) {
      const { runGenerate } = await import('./commands/generate.ts');
      end(await runGenerate(generator, name, flags, argv, io));
    },
    async hook(flags) {
      const { runHook } = await import('./commands/hook.ts');
      await runHook(flags, io);
    },
    async rules(flags) {
      const { runRules } = await import('./commands/rules.ts');
      await runRules(flags, io);
    },
    async rulesTest() {
      const { runRulesTest } = await import('./commands/rules-test.ts');
      end(await runRulesTest(io));
    },
    async rule(id, flags) {
      const { runRule } = await import('./commands/rule.ts');
      await runRule(id, flags, io);
    },
    async runs(action, flags) {
      const { runRuns } = await import('./commands/runs.ts');
      end(await runRuns(action, flags, io));
    },
    ...createPoolActions(argv, io, end),
    ...createSetupActions(io, end),
  };
}

function createPoolActions(argv: readonly string[], io: Io, end: (code: ExitCode) => void): PoolActions {
  return {
    async poolRun(flags) {
      const { runPoolRun } = await import('./commands/pool-run.ts');
      end(await runPoolRun(flags, argv, io));
    },
    async poolStop() {
      const { runPoolStop } = await import('./commands/pool-stop.ts');
      await runPoolStop(io);
    },
    async poolStatus(flags) {
      const { runPoolStatus } = await import('./commands/pool-status.ts');
      end(await runPoolStatus(flags, io));
    },
    async poolBench(paths, flags) {
      const { runPoolBench } = await import('./commands/pool-bench.ts');
      await runPoolBench(paths, flags, io);
    },
  };
}

function createSetupActions(io: Io, end: (code: ExitCode) => void): SetupActions {
  return {
    async init(tools, flags) {
      const { runInit } = await import('./commands/init.ts');
      end(await runInit(tools, flags, io));
    },
    async doctor(flags) {
      const { runDoctor } = await import('./commands/doctor.ts');
      end(await runDoctor(flags, io));
    },
    async completion(shell, program) {
      const { runCompletion } = await import('./commands/completion.ts');
      runCompletion(shell, program, io);
    },
    async agentsList(flags) {
      const { runAgentsList } = await import('./commands/agents.ts');
      await runAgentsList(flags, io);
    },
    async agentsShow(name, flags) {
      const { runAgentsShow } = await import('./commands/agents.ts');
      await runAgentsShow(name, flags, io);
    },
    async agentsRun(name) {
      const { runAgentsRun } = await import('./commands/agents.ts');
      end(await runAgentsRun(name, io));
    },
  };
}
