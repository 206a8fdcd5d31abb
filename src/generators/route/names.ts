import { BoosterError } from '../../shared/errors.ts';
import type { GenerateRequest } from '../generator.ts';
import { kebabCase, pascalCase, requireIdentifier } from '../identifier.ts';
import { isObject, own } from '../schema/json-value.ts';
import type { Schema } from '../schema/read-schema.ts';
import { plural } from './plural.ts';

export type Action = 'list' | 'get' | 'create';

/** What the parts of an endpoint are called. */
export interface RouteNames {
  readonly action: Action;
  /** Name of the type. */
  readonly type: string;
  /** Function that the endpoint gets its data from, e.g. `listUsers`. */
  readonly source: string;
  /** Type of that function, e.g. `ListUsers`. */
  readonly sourceType: string;
  /** Exported function that adds the endpoint to an application, e.g. `addListUsers`. */
  readonly add: string;
  /** With its parameter, e.g. `/users/:id`. */
  readonly path: string;
}

/** @throws BoosterError E_GENERATE_NAME, E_GENERATE_OPTION */
export function routeNames({ name, options }: GenerateRequest, schema: Schema): RouteNames {
  const type = requireIdentifier(
    name ?? titleOf(schema),
    'the type that the endpoint serves (or a title in the schema)',
  );
  const action = options['action'] as Action;
  const base = options['path'] || `/${plural(kebabCase(type))}`;
  if (!/^(?:\/[\w.~-]+)+$/.test(base)) {
    throw new BoosterError(
      'E_GENERATE_OPTION',
      `path: ${JSON.stringify(base.slice(0, 60))} is no plain path, e.g. /users`,
    );
  }
  const noun = action === 'list' ? plural(type) : type;
  const sourceType = pascalCase(action) + noun.slice(0, 1).toUpperCase() + noun.slice(1);
  return {
    action,
    type,
    source: sourceType.slice(0, 1).toLowerCase() + sourceType.slice(1),
    sourceType,
    add: `add${sourceType}`,
    path: action === 'get' ? `${base}/:id` : base,
  };
}

function titleOf({ root }: Schema): string | undefined {
  const title = isObject(root) ? own(root, 'title') : undefined;
  return typeof title === 'string' ? pascalCase(title) : undefined;
}
