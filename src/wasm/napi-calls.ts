import { callJavaScript, isObject, Status, undefinedHandle } from './napi-state.ts';
import { createCallback } from './napi-properties.ts';
import type { CallbackInfo, NapiFunction, NapiState } from './napi-state.ts';

/** The functions around calls: making functions, calling them, reading what a call carries. */
export function callFunctions(state: NapiState): Record<string, NapiFunction> {
  const { memory, handles } = state;
  const parametersAt = (count: number, address: number): unknown[] =>
    Array.from({ length: count }, (_, index) => handles.get(memory.readUint32(address + index * 4)));
  return {
    napi_create_function: (_environment, _name = 0, _nameLength = 0, callback = 0, data = 0, result = 0) => {
      memory.writeUint32(result, handles.add(createCallback(state, callback, data)));
      return Status.ok;
    },
    napi_call_function: (_environment, receiver = 0, callee = 0, count = 0, parameters = 0, result = 0) => {
      const target = handles.get(callee);
      if (typeof target !== 'function') return Status.functionExpected;
      return callJavaScript(state, () => {
        const value: unknown = Reflect.apply(target, handles.get(receiver), parametersAt(count, parameters));
        if (result !== 0) memory.writeUint32(result, handles.add(value));
      });
    },
    napi_new_instance: (_environment, constructor = 0, count = 0, parameters = 0, result = 0) => {
      const target = handles.get(constructor);
      if (typeof target !== 'function') return Status.functionExpected;
      return callJavaScript(state, () => {
        const instance: unknown = Reflect.construct(target, parametersAt(count, parameters));
        memory.writeUint32(result, handles.add(instance));
      });
    },
    napi_get_cb_info: (_environment, callbackInfo = 0, count = 0, parameters = 0, receiver = 0, data = 0) => {
      const info = handles.get(callbackInfo) as CallbackInfo;
      if (count !== 0) {
        const capacity = parameters === 0 ? 0 : memory.readUint32(count);
        for (let index = 0; index < capacity; index += 1) {
          const handle = index < info.parameters.length ? handles.add(info.parameters[index]) : undefinedHandle;
          memory.writeUint32(parameters + index * 4, handle);
        }
        memory.writeUint32(count, info.parameters.length);
      }
      if (receiver !== 0) memory.writeUint32(receiver, handles.add(info.receiver));
      if (data !== 0) memory.writeUint32(data, info.data);
      return Status.ok;
    },
  };
}

/** The functions that tie values to native objects or keep them across calls. */
export function lifetimeFunctions(state: NapiState): Record<string, NapiFunction> {
  const { memory, handles, references } = state;
  return {
    napi_wrap: (_environment, object = 0, native = 0, finalizer = 0, hint = 0, result = 0) => {
      const target = handles.get(object);
      if (!isObject(target)) return Status.objectExpected;
      if (state.wrapped.has(target)) return Status.invalidArgument;
      state.wrapped.set(target, { native, finalizer, hint });
      if (result !== 0) memory.writeUint32(result, references.add(target, 0));
      return Status.ok;
    },
    napi_unwrap: (_environment, object = 0, result = 0) => {
      const target = handles.get(object);
      const wrapped = isObject(target) ? state.wrapped.get(target) : undefined;
      if (wrapped === undefined) return Status.invalidArgument;
      memory.writeUint32(result, wrapped.native);
      return Status.ok;
    },
    napi_create_reference: (_environment, value = 0, count = 0, result = 0) => {
      memory.writeUint32(result, references.add(handles.get(value), count));
      return Status.ok;
    },
    napi_get_reference_value: (_environment, reference = 0, result = 0) => {
      const value = references.value(reference);
      memory.writeUint32(result, value === undefined ? 0 : handles.add(value));
      return Status.ok;
    },
    napi_delete_reference: (_environment, reference = 0) =>
      references.delete(reference) ? Status.ok : Status.invalidArgument,
    napi_reference_unref: (_environment, reference = 0, result = 0) => {
      const count = references.decrease(reference);
      if (count === undefined) return Status.genericFailure;
      if (result !== 0) memory.writeUint32(result, count);
      return Status.ok;
    },
    napi_open_handle_scope: (_environment, result = 0) => {
      memory.writeUint32(result, handles.size);
      return Status.ok;
    },
    napi_close_handle_scope: (_environment, scope = 0) => {
      handles.releaseFrom(scope);
      return Status.ok;
    },
  };
}

/** The functions about the exception on its way through the module. */
export function exceptionFunctions(state: NapiState): Record<string, NapiFunction> {
  const { memory, handles } = state;
  return {
    napi_throw: (_environment, error = 0) => {
      if (state.pending !== undefined) return Status.pendingException;
      state.pending = { error: handles.get(error) };
      return Status.ok;
    },
    napi_throw_error: (_environment, code = 0, message = 0) => {
      if (state.pending !== undefined) return Status.pendingException;
      const error = new Error(memory.readTerminated(message));
      state.pending = { error: code === 0 ? error : Object.assign(error, { code: memory.readTerminated(code) }) };
      return Status.ok;
    },
    napi_is_exception_pending: (_environment, result = 0) => {
      memory.writeUint8(result, state.pending === undefined ? 0 : 1);
      return Status.ok;
    },
    napi_get_and_clear_last_exception: (_environment, result = 0) => {
      memory.writeUint32(result, handles.add(state.pending?.error));
      state.pending = undefined;
      return Status.ok;
    },
  };
}
