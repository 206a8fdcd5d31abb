/** TypeScript nodes that hold values to be evaluated; all others only hold types. */
export const valueWrappers = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
  'TSExternalModuleReference',
]);
/** Members with a `key` that is no reference unless computed. */
export const keyedKinds = new Set([
  'Property',
  'MethodDefinition',
  'PropertyDefinition',
  'AccessorProperty',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
  'ImportAttribute',
]);
/** Nodes that open a block scope. */
export const blockKinds = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'CatchClause',
  'TSModuleBlock',
]);
