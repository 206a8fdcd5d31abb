import { Buffer } from 'node:buffer';
import { callJavaScript, Status } from './napi-state.ts';
import type { NapiFunction, NapiState } from './napi-state.ts';

const typeNumbers: Readonly<Record<string, number>> = {
  undefined: 0,
  boolean: 2,
  number: 3,
  string: 4,
  symbol: 5,
  object: 6,
  function: 7,
  bigint: 9,
};
const nullType = 1;
/** "Up to the terminating NUL" in place of a length: `SIZE_MAX`, which arrives as a signed number. */
const untilNul = -1;

export function readName(state: NapiState, address: number, length: number): string {
  return length === untilNul ? state.memory.readTerminated(address) : state.memory.readText(address, length >>> 0);
}

/** The functions that make values: every one adds a handle and writes it to an address. */
export function creationFunctions(state: NapiState): Record<string, NapiFunction> {
  const put = (address: number, value: unknown): number => {
    state.memory.writeUint32(address, state.handles.add(value));
    return Status.ok;
  };
  return {
    napi_create_object: (_environment, result = 0) => put(result, {}),
    napi_create_array_with_length: (_environment, length = 0, result = 0) => put(result, new Array(length >>> 0)),
    napi_create_uint32: (_environment, value = 0, result = 0) => put(result, value >>> 0),
    napi_create_string_utf8: (_environment, address = 0, length = 0, result = 0) =>
      put(result, state.takeText?.(address, length >>> 0) === true ? '' : readName(state, address, length)),
    napi_create_error: (_environment, code = 0, message = 0, result = 0) => {
      const text = state.handles.get(message);
      if (typeof text !== 'string') return Status.stringExpected;
      const error = new Error(text);
      return put(result, code === 0 ? error : Object.assign(error, { code: state.handles.get(code) }));
    },
    napi_get_undefined: (_environment, result = 0) => put(result, undefined),
    napi_get_null: (_environment, result = 0) => put(result, null),
    napi_get_boolean: (_environment, value = 0, result = 0) => put(result, value !== 0),
    // The module looks for `Reflect` alone; what it cannot see it cannot change.
    napi_get_global: (_environment, result = 0) => put(result, { Reflect }),
  };
}

/** The functions that read values into the module's memory. */
export function inspectionFunctions(state: NapiState): Record<string, NapiFunction> {
  const { memory, handles } = state;
  const answer = (address: number, value: boolean): number => {
    memory.writeUint8(address, value ? 1 : 0);
    return Status.ok;
  };
  return {
    napi_typeof: (_environment, value = 0, result = 0) => {
      const subject = handles.get(value);
      memory.writeUint32(result, subject === null ? nullType : (typeNumbers[typeof subject] ?? 0));
      return Status.ok;
    },
    napi_is_error: (_environment, value = 0, result = 0) => answer(result, handles.get(value) instanceof Error),
    napi_strict_equals: (_environment, left = 0, right = 0, result = 0) =>
      answer(result, handles.get(left) === handles.get(right)),
    napi_get_value_bool: (_environment, value = 0, result = 0) => {
      const subject = handles.get(value);
      return typeof subject === 'boolean' ? answer(result, subject) : Status.booleanExpected;
    },
    napi_get_value_string_utf8: (_environment, value = 0, buffer = 0, capacity = 0, result = 0) => {
      const subject = handles.get(value);
      if (typeof subject !== 'string') return Status.stringExpected;
      if (buffer === 0) {
        memory.writeUint32(result, Buffer.byteLength(subject));
        return Status.ok;
      }
      const written = capacity === 0 ? 0 : memory.writeText(buffer, subject, capacity - 1);
      if (capacity !== 0) memory.writeUint8(buffer + written, 0);
      if (result !== 0) memory.writeUint32(result, written);
      return Status.ok;
    },
    napi_coerce_to_object: (_environment, value = 0, result = 0) => {
      const subject = handles.get(value);
      if (subject === undefined || subject === null) return Status.objectExpected;
      memory.writeUint32(result, handles.add(Object(subject)));
      return Status.ok;
    },
    napi_coerce_to_string: (_environment, value = 0, result = 0) =>
      callJavaScript(state, () => {
        memory.writeUint32(result, handles.add(String(handles.get(value))));
      }),
  };
}
