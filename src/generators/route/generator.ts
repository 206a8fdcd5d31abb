import { BoosterError } from '../../shared/errors.ts';
import type { Generated, GenerateRequest } from '../generator.ts';
import { compileSerializer } from '../schema/compile-serializer.ts';
import { compileValidator } from '../schema/compile-validator.ts';
import { measureSerializer, ratioText } from '../schema/measure-serializer.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { Schema } from '../schema/read-schema.ts';
import { sampleOfRequest } from '../schema/sample-of-request.ts';
import { problemIn } from '../schema/sample-value.ts';
import { schemaTypes } from '../schema/schema-types.ts';
import { untypedEvidence } from '../schema/untyped-evidence.ts';
import { frameworks } from './frameworks.ts';
import type { Framework } from './frameworks.ts';
import { routeNames } from './names.ts';
import { routeText } from './route-text.ts';
import { testText } from './test-text.ts';

/** @throws BoosterError E_GENERATE_* */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { input, options, target } = request;
  if (input === undefined) throw new BoosterError('E_GENERATE_INPUT', 'route: the input is missing');
  const schema = readSchema(input);
  const names = routeNames(request, schema);
  const framework = options['framework'] as Framework;
  const sample = sampleOfRequest(schema, options['sample'] ?? '');
  const validator = names.action === 'create' ? compileValidator(schema, true) : undefined;
  const serializer = options['serialize'] === 'json' ? undefined : compileSerializer(schema, true);
  const { text: types, untyped } = schemaTypes(schema, names.type);
  const text = routeText({
    names,
    framework: frameworks[framework],
    types,
    compiled: [serializer?.code, validator?.code].filter((code) => code !== undefined).join('\n'),
    serialize: serializer?.functionName ?? 'JSON.stringify',
    ...(validator === undefined ? {} : { validate: validator.functionName }),
  });
  const invalid = [null, 0, 'x', [], {}]
    .filter((value) => problemIn(schema, value) !== undefined)
    .map((value) => ({ value }))[0];
  const { stem } = target;
  const parts = { names, framework: frameworks[framework], stem, sample };
  const test = testText({ ...parts, ...(invalid === undefined ? {} : { invalid }) });
  return await Promise.resolve({
    files: [
      { name: `${stem}.ts`, text },
      { name: `${stem}.test.ts`, text: test },
    ],
    evidence: [
      `for ${framework}; ${names.add}(app, ${names.source}) adds it, and \`${names.source}\` is yours to write`,
      ...(validator === undefined ? [] : [`${schema.draft}, validation compiled by ajv`]),
      serializer === undefined ? 'values are written by JSON.stringify' : measured(schema, sample),
      ...untypedEvidence(untyped),
    ],
  });
}

function measured(schema: Schema, sample: unknown): string {
  const ratio = measureSerializer(compileSerializer(schema, false), sample);
  const advice = ratio.median > 1 ? '' : '; --set serialize=json takes JSON.stringify';
  return `serialisation compiled by fast-json-stringify, ${ratioText(ratio)}${advice}; keys that the schema does not name are left out`;
}
