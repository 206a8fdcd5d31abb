/** Folder in the record store with the journals of runs that try rewrites. */
export const proofFolder = 'proofs';
