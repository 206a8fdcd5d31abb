import type { OptimizeRequest, OptimizeResult } from '../../engine/optimize.ts';
import type { TypeAnswer } from '../../engine/evidence/type-port.ts';
import type { MeasuredCounts } from './MeasuredCounts.ts';
import type { ProjectTypes } from './ProjectTypes.ts';

/** Runs the engine once. */
export type RunEngine = (request: OptimizeRequest) => Promise<OptimizeResult>;

/** What is known of files from outside of their text. */
export interface FileEvidence {
  /** The request together with what could be found out for it. @param path absolute */
  complete(request: OptimizeRequest, path: string, run: RunEngine): Promise<OptimizeRequest>;
}

/** Each answer may lead to another question, and no chain of them is long. */
const mostRounds = 10;

/**
 * Asks the engine what it would like to know, and finds that out: types from the project's own checker (E3), rounds of loops from
 * measured counts (E4). What neither says stays unknown.
 */
export class OutsideEvidence implements FileEvidence {
  readonly #types: ProjectTypes | undefined;
  readonly #counts: MeasuredCounts | undefined;

  constructor(types: ProjectTypes | undefined, counts: MeasuredCounts | undefined) {
    this.#types = types;
    this.#counts = counts;
  }

  async complete(request: OptimizeRequest, path: string, run: RunEngine): Promise<OptimizeRequest> {
    const types = this.#types?.knows(path) === true ? this.#types : undefined;
    const counts = this.#counts?.knows(path) === true ? this.#counts : undefined;
    if (types === undefined && counts === undefined) return request;
    const answers: TypeAnswer[] = [];
    let rounds: OptimizeRequest['rounds'];
    for (let round = 0; round < mostRounds; round += 1) {
      const result = await run({
        ...request,
        findOnly: true,
        ...(types !== undefined && { types: answers, askTypes: true }),
        ...(counts !== undefined && { askRounds: true }),
      });
      if (counts !== undefined) rounds = counts.rounds(path, request.text, result.askedRounds ?? {});
      const asked = result.askedTypes ?? [];
      if (types === undefined || asked.length === 0) break;
      answers.push(...types.answer(path, request.text, asked));
    }
    return {
      ...request,
      ...(answers.some(({ shape }) => shape !== undefined) && { types: answers }),
      ...(rounds !== undefined && Object.keys(rounds).length > 0 && { rounds }),
    };
  }
}
