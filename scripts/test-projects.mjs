/** Folders of test/ that `npm test` runs. */
export const quickProjects = ['unit', 'rules', 'property', 'apply', 'contract', 'fault', 'cli', 'meta'];

/** Folders of test/ that take minutes: `npm run test:slow`. */
export const slowProjects = ['package', 'slow'];
