import { Flag, names } from '../engine/syntax-tree.ts';

/** Kinds that begin with `TS` and yet exist, or hold code that exists, when the program runs. */
const runtimeTypeScriptKinds: ReadonlySet<string> = new Set([
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
  'TSImportEqualsDeclaration',
  'TSExternalModuleReference',
  'TSExportAssignment',
  'TSQualifiedName',
  'TSDeclareFunction',
  'TSEmptyBodyFunctionExpression',
  'TSAbstractMethodDefinition',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
]);

/** Property of an ESTree node that goes into the `value` column, by kind. Literals and template elements are read apart. */
const valueProperties: Readonly<Record<string, string>> = {
  Identifier: 'name',
  PrivateIdentifier: 'name',
  JSXIdentifier: 'name',
  JSXText: 'value',
  BinaryExpression: 'operator',
  LogicalExpression: 'operator',
  AssignmentExpression: 'operator',
  UnaryExpression: 'operator',
  UpdateExpression: 'operator',
  TSTypeOperator: 'operator',
  VariableDeclaration: 'kind',
  Property: 'kind',
  MethodDefinition: 'kind',
  TSAbstractMethodDefinition: 'kind',
  TSMethodSignature: 'kind',
  TSModuleDeclaration: 'kind',
  ExpressionStatement: 'directive',
  Program: 'sourceType',
};

/** What the lowering must know of a kind of node. */
export interface KindInfo {
  readonly number: number;
  /** Property that becomes the row's value, or '' when there is none. */
  readonly valueProperty: string;
  /** Flags that every node of this kind has. */
  readonly flags: number;
}

const kindInfos = new Map<string, KindInfo>();

export function kindInfo(kind: string): KindInfo {
  const known = kindInfos.get(kind);
  if (known !== undefined) return known;
  const isTypeOnly = kind.startsWith('TS') && !runtimeTypeScriptKinds.has(kind);
  const info = {
    number: names.intern(kind),
    valueProperty: valueProperties[kind] ?? '',
    flags: isTypeOnly ? Flag.typeOnly : 0,
  };
  kindInfos.set(kind, info);
  return info;
}

/** What the lowering must know of a property of a node. */
export interface PropertyInfo {
  /** Number of the property's name as a field. */
  readonly field: number;
  /** Flag that stands for this property when it is set, or 0. */
  readonly flag: number;
}

const propertyInfos = new Map<string, PropertyInfo>();

export function propertyInfo(property: string): PropertyInfo {
  const known = propertyInfos.get(property);
  if (known !== undefined) return known;
  const flag = property !== 'typeOnly' && Object.hasOwn(Flag, property) ? Flag[property as keyof typeof Flag] : 0;
  const info = { field: names.intern(property), flag };
  propertyInfos.set(property, info);
  return info;
}
