import type { CustomConstraint, CustomRuleData } from '../../engine/custom/custom-rule-data.ts';
import type { ShapeType } from '../../engine/evidence/shape.ts';
import type { Language } from '../../engine/language.ts';
import { BoosterError } from '../../shared/errors.ts';

/** What a file says about what its rule must do. */
export interface CustomTest {
  readonly before: string;
  /** Absent: it must stay as it is. */
  readonly after?: string;
}

export interface CustomRuleFile {
  readonly data: CustomRuleData;
  readonly tests: readonly CustomTest[];
}

const keys = new Set(['id', 'message', 'pattern', 'rewrite', 'where', 'tier', 'tests', '$schema']);
const languages: readonly Language[] = ['javascript', 'jsx', 'typescript', 'tsx'];
const types: ReadonlySet<string> = new Set<ShapeType>([
  ...(['array', 'string', 'number', 'boolean', 'bigint', 'symbol', 'map', 'set', 'regexp'] as const),
  ...(['promise', 'date', 'function', 'typed-array', 'object'] as const),
]);
const variable = /\$(?:\$\$)?([A-Z_][A-Z0-9_]*)/g;

/**
 * Checks what a file of `.booster/rules` holds.
 * @param where names the file in messages
 * @throws BoosterError E_RULE_INVALID
 */
export function readCustomRule(value: unknown, where: string): CustomRuleFile {
  const fail = (what: string): never => {
    throw new BoosterError('E_RULE_INVALID', `${where}: ${what}`, { path: where });
  };
  if (!isRecord(value)) return fail('a rule is an object with id, message, pattern and rewrite');
  const strange = Object.keys(value).find((key) => !keys.has(key));
  if (strange !== undefined) return fail(`unknown key '${strange}'`);
  const text = (key: string): string => {
    const found = value[key];
    return typeof found === 'string' && found.trim() !== '' ? found : fail(`'${key}' must be a text`);
  };
  const [id, message, pattern, rewrite] = [text('id'), text('message'), text('pattern'), text('rewrite')];
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) return fail(`'id' must be a kebab-case name, not '${id}'`);
  if (value['tier'] !== undefined && value['tier'] !== 'aggressive') {
    return fail("'tier' can be aggressive only: that pattern and rewrite mean the same has not been shown");
  }
  const names = new Set([...pattern.matchAll(variable)].map(([, name]) => name ?? ''));
  const unbound = [...rewrite.matchAll(variable)].find(([, name]) => !names.has(name ?? ''));
  if (unbound !== undefined) return fail(`'rewrite' has ${unbound[0]}, which the pattern has not`);
  const where_ = readConstraints(value['where'] ?? {}, names, fail);
  return {
    data: { id, message, pattern, rewrite, where: where_, languages },
    tests: readTests(value['tests'] ?? [], fail),
  };
}

function readConstraints(
  value: unknown,
  names: ReadonlySet<string>,
  fail: (what: string) => never,
): Record<string, CustomConstraint> {
  if (!isRecord(value)) return fail("'where' must be an object of variables");
  const entries = Object.entries(value).map(([name, constraint]) => {
    if (!names.has(name)) return fail(`'where' speaks of ${name}, which the pattern has not`);
    if (!isRecord(constraint)) return fail(`'where.${name}' must be an object`);
    const { type, pure, ...rest } = constraint;
    const [strange] = Object.keys(rest);
    if (strange !== undefined) return fail(`'where.${name}' has the unknown key '${strange}'`);
    const list = type === undefined ? undefined : Array.isArray(type) ? (type as readonly unknown[]) : [type];
    const unknown = list?.find((one) => typeof one !== 'string' || !types.has(one));
    if (unknown !== undefined) return fail(`'where.${name}.type' must be of ${[...types].join(', ')}`);
    if (pure !== undefined && typeof pure !== 'boolean') return fail(`'where.${name}.pure' must be true or false`);
    return [
      name,
      { ...(list !== undefined && { types: list as ShapeType[] }), ...(pure !== undefined && { pure }) },
    ] as const;
  });
  return Object.fromEntries<CustomConstraint>(entries);
}

function readTests(value: unknown, fail: (what: string) => never): CustomTest[] {
  if (!Array.isArray(value)) return fail("'tests' must be a list");
  return (value as readonly unknown[]).map((test, index): CustomTest => {
    const { before, after } = isRecord(test) ? test : {};
    const isTest = typeof before === 'string' && (after === undefined || typeof after === 'string');
    if (!isTest) return fail(`'tests[${String(index)}]' must have before, and after unless it stays`);
    return after === undefined ? { before } : { before, after };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
