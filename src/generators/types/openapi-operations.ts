import { pascalCase } from '../identifier.ts';
import type { JsonPath } from '../schema/json-document.ts';
import { isObject, own } from '../schema/json-value.ts';
import type { JsonObject } from '../schema/json-value.ts';

/** A schema that stands in an operation: what is sent, or what comes back. */
export interface OperationSchema {
  /** `GetUserRequest`, `GetUserResponse200`: after the operationId, or the method and the path. */
  readonly name: string;
  readonly schema: unknown;
  readonly path: JsonPath;
}

export interface Operations {
  readonly schemas: readonly OperationSchema[];
  /** What has no type, one sentence each. */
  readonly left: readonly string[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The schemas of JSON bodies in `paths`; those that are only a reference to a component have their name there, too. */
export function openApiOperations(root: JsonObject): Operations {
  const schemas: OperationSchema[] = [];
  const left: string[] = [];
  const paths = own(root, 'paths');
  for (const [path, item] of isObject(paths) ? Object.entries(paths) : []) {
    if (!isObject(item)) continue;
    if (own(item, '$ref') !== undefined) left.push(`${path} is a reference`);
    for (const method of methods) {
      const operation = own(item, method);
      if (!isObject(operation)) continue;
      const id = own(operation, 'operationId');
      const name =
        pascalCase(typeof id === 'string' ? id : `${method} ${path.replaceAll(/[{}]/g, ' ')}`) || pascalCase(method);
      const found = bodiesOf(root, operation, ['paths', path, method], name);
      schemas.push(...found.schemas);
      left.push(...found.left.map((type) => `${method.toUpperCase()} ${path}: ${type}`));
    }
  }
  return { schemas, left };
}

function bodiesOf(root: JsonObject, operation: JsonObject, path: JsonPath, name: string): Operations {
  const schemas: OperationSchema[] = [];
  const left: string[] = [];
  const add = (holder: unknown, at: JsonPath, suffix: string): void => {
    const [body, place] = followed(root, holder, at);
    const content = isObject(body) ? own(body, 'content') : undefined;
    for (const [type, media] of isObject(content) ? Object.entries(content) : []) {
      const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(type) || type === '*/*';
      const schema = isObject(media) ? own(media, 'schema') : undefined;
      if (!isJson) left.push(type);
      else if (schema !== undefined) {
        const isFirst = schemas.every((each) => each.name !== name + suffix);
        if (isFirst) schemas.push({ name: name + suffix, schema, path: [...place, 'content', type, 'schema'] });
        else left.push(`${type}, a second form`);
      }
    }
  };
  add(own(operation, 'requestBody'), [...path, 'requestBody'], 'Request');
  const responses = own(operation, 'responses');
  for (const [status, response] of isObject(responses) ? Object.entries(responses) : []) {
    add(response, [...path, 'responses', status], `Response${pascalCase(status) || status}`);
  }
  return { schemas, left };
}

/** What a reference to a part of `components` means, and where that stands; anything else as it is. */
function followed(root: JsonObject, holder: unknown, path: JsonPath): [unknown, JsonPath] {
  const ref = isObject(holder) ? own(holder, '$ref') : undefined;
  const [, part, key] =
    typeof ref === 'string' ? (/^#\/components\/(responses|requestBodies)\/([^/]+)$/.exec(ref) ?? []) : [];
  if (part === undefined || key === undefined) return [holder, path];
  const components = own(root, 'components');
  const parts = isObject(components) ? own(components, part) : undefined;
  const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
  return [isObject(parts) ? own(parts, name) : undefined, ['components', part, name]];
}
