import { judgeFiles } from './judge-files.ts';
import type { JudgeOptions, Judgement } from './judge-files.ts';

const mostTries = 600;
/** A slow failure is rather shown as it is than shrunk for hours. */
const mostMs = 20_000;

/**
 * A smaller file that goes wrong in the same way (judged by its first problem without quoted or numeric details), found by
 * cutting out ever smaller pieces. The given one when it does not go wrong again on its own.
 */
export async function shrink(failure: Judgement, options: JudgeOptions): Promise<Judgement> {
  const kind = kindOf(failure);
  const started = performance.now();
  let tries = 0;
  let best = failure;
  const attempt = async (text: string): Promise<boolean> => {
    tries += 1;
    const [judgement] = await judgeFiles([{ ...failure.file, bytes: Buffer.from(text) }], options);
    if (judgement === undefined || kindOf(judgement) !== kind) return false;
    best = judgement;
    return true;
  };
  let text = failure.file.bytes.toString();
  if (!(await attempt(text))) return failure;
  for (let length = Math.ceil(text.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let at = 0; at < text.length && tries < mostTries && performance.now() - started < mostMs;) {
      const shorter = text.slice(0, at) + text.slice(at + length);
      if (await attempt(shorter)) text = shorter;
      else at += length;
    }
  }
  return best;
}

function kindOf({ problems }: Judgement): string | undefined {
  return problems[0]?.replaceAll(/\d+|: .*/g, '');
}
