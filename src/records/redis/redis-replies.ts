/** Waits for all, also when one fails, so that no reply comes for nobody. */
export async function allOf<Result>(replies: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(replies);
  return Promise.all(replies);
}

/** Throws what one of a transaction's commands failed with. */
export function checkReplies(replies: readonly (readonly [Error | null, unknown])[] | null): void {
  for (const [error] of replies ?? []) if (error !== null) throw error;
}
