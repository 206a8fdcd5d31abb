/** Codes of `optimize --verify` and `--measure`. A part of `errorTable`. */
export const proofErrors = {
  E_PROOF_BASELINE: {
    title: 'command fails without any rewrite',
    remedy: 'mend what it complains about first: it could not tell a rewrite that breaks something',
    exitCode: 2,
  },
  E_PROOF_BUSY: {
    title: 'another run proves rewrites here',
    remedy: 'wait until it has ended',
    exitCode: 2,
  },
  E_PROOF_CHANGED: {
    title: 'file changed while rewrites were tried',
    remedy: 'let nothing write to the sources meanwhile, nor the command itself, and run it again',
    exitCode: 2,
  },
  E_PROOF_FLAKY: {
    title: 'command fails too often by itself',
    remedy: 'mend or leave out the tests that fail without any rewrite, and run it again',
    exitCode: 2,
  },
  E_PROOF_JOURNAL: {
    title: 'journal of an interrupted run cannot be used',
    remedy: 'compare the named files with version control, then remove the journal',
    exitCode: 2,
  },
} as const;
