/** Where a project keeps rules of its own, relative to its root. */
export const customRulesFolder = '.booster/rules';
