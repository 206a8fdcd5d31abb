import { callJavaScript, isObject, Status } from './napi-state.ts';
import { readName } from './napi-values.ts';
import type { NapiFunction, NapiState } from './napi-state.ts';

/** Bits of a property descriptor's attributes. */
const attribute = { writable: 1, enumerable: 2, configurable: 4, static: 1024 } as const;

/** Size and layout of `napi_property_descriptor` in a 32-bit module. */
const descriptorBytes = 32;

interface PropertyDescription {
  readonly key: PropertyKey;
  readonly isStatic: boolean;
  readonly descriptor: PropertyDescriptor;
}

/** A JavaScript function whose body is function `callback` of the module. */
export function createCallback(
  state: NapiState,
  callback: number,
  data: number,
): (...parameters: unknown[]) => unknown {
  return function (this: unknown, ...parameters: unknown[]): unknown {
    return state.invoke(callback, { receiver: this, parameters, data });
  };
}

function readDescription(state: NapiState, address: number): PropertyDescription {
  const { memory, handles } = state;
  const name = memory.readUint32(address);
  const method = memory.readUint32(address + 8);
  const getter = memory.readUint32(address + 12);
  const setter = memory.readUint32(address + 16);
  const attributes = memory.readUint32(address + 24);
  const data = memory.readUint32(address + 28);
  const key = name === 0 ? (handles.get(memory.readUint32(address + 4)) as PropertyKey) : memory.readTerminated(name);
  const isStatic = (attributes & attribute.static) !== 0;
  const enumerable = (attributes & attribute.enumerable) !== 0;
  const configurable = (attributes & attribute.configurable) !== 0;
  if (getter !== 0 || setter !== 0) {
    const get = getter === 0 ? undefined : createCallback(state, getter, data);
    const set = setter === 0 ? undefined : createCallback(state, setter, data);
    const accessors = { ...(get && { get }), ...(set && { set }) };
    return { key, isStatic, descriptor: { ...accessors, enumerable, configurable } };
  }
  const value = method === 0 ? handles.get(memory.readUint32(address + 20)) : createCallback(state, method, data);
  const writable = (attributes & attribute.writable) !== 0;
  return { key, isStatic, descriptor: { value, writable, enumerable, configurable } };
}

/** Reads `count` property descriptors that lie one behind the other. */
function readDescriptions(state: NapiState, count: number, address: number): PropertyDescription[] {
  return Array.from({ length: count }, (_, index) => readDescription(state, address + index * descriptorBytes));
}

/** The functions that read and write properties. */
export function propertyFunctions(state: NapiState): Record<string, NapiFunction> {
  const { memory, handles } = state;
  return {
    napi_set_named_property: (_environment, object = 0, name = 0, value = 0) => {
      const target = handles.get(object);
      if (!isObject(target)) return Status.objectExpected;
      return callJavaScript(state, () => {
        target[memory.readTerminated(name)] = handles.get(value);
      });
    },
    napi_get_named_property: (_environment, object = 0, name = 0, result = 0) => {
      const target = handles.get(object);
      if (!isObject(target)) return Status.objectExpected;
      return callJavaScript(state, () => {
        memory.writeUint32(result, handles.add(target[memory.readTerminated(name)]));
      });
    },
    napi_has_own_property: (_environment, object = 0, key = 0, result = 0) => {
      const target = handles.get(object);
      if (!isObject(target)) return Status.objectExpected;
      memory.writeUint8(result, Object.hasOwn(target, handles.get(key) as PropertyKey) ? 1 : 0);
      return Status.ok;
    },
    napi_get_prototype: (_environment, object = 0, result = 0) => {
      const target = handles.get(object);
      if (!isObject(target)) return Status.objectExpected;
      memory.writeUint32(result, handles.add(Object.getPrototypeOf(target)));
      return Status.ok;
    },
    napi_set_element: (_environment, array = 0, index = 0, value = 0) => {
      const target = handles.get(array);
      if (!Array.isArray(target)) return Status.arrayExpected;
      target[index >>> 0] = handles.get(value);
      return Status.ok;
    },
  };
}

/** The functions that define properties from descriptors. */
export function definitionFunctions(state: NapiState): Record<string, NapiFunction> {
  const { memory, handles } = state;
  return {
    napi_define_properties: (_environment, object = 0, count = 0, descriptors = 0) => {
      const target = handles.get(object);
      if (!isObject(target)) return Status.objectExpected;
      return callJavaScript(state, () => {
        for (const { key, descriptor } of readDescriptions(state, count, descriptors))
          Object.defineProperty(target, key, descriptor);
      });
    },
    napi_define_class: (
      _environment,
      name = 0,
      nameLength = 0,
      construct = 0,
      data = 0,
      count = 0,
      descriptors = 0,
      result = 0,
    ) => {
      const constructor = createCallback(state, construct, data);
      Object.defineProperty(constructor, 'name', { value: readName(state, name, nameLength) });
      const prototype = constructor.prototype as object;
      for (const { key, descriptor, isStatic } of readDescriptions(state, count, descriptors)) {
        Object.defineProperty(isStatic ? constructor : prototype, key, descriptor);
      }
      memory.writeUint32(result, handles.add(constructor));
      return Status.ok;
    },
  };
}
