export function mirrored<T extends Int32Array | Float64Array>(values: T): T {
  return values.slice().reverse() as T;
}
