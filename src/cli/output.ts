import type { Io } from '../shared/io.ts';
import type { Progress } from './progress.ts';

/** The two streams, and the spinner that has to make room before either is written to. */
export class Output {
  readonly #io: Pick<Io, 'stdout' | 'stderr'>;
  #progress: Progress | undefined;

  constructor(io: Pick<Io, 'stdout' | 'stderr'>) {
    this.#io = io;
  }

  /** The spinner that is shown from now on; `undefined` when there is none any more. */
  set progress(progress: Progress | undefined) {
    this.#progress = progress;
  }

  readonly out = (content: string | Uint8Array): void => {
    if (content.length === 0) return;
    this.#progress?.makeRoom();
    this.#io.stdout.write(content);
  };

  readonly err = (text: string): void => {
    if (text === '') return;
    this.#progress?.makeRoom();
    this.#io.stderr.write(text);
  };
}
