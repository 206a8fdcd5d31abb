/**
 * The few parts of the `WebAssembly` global that booster uses, typed here because neither the ECMAScript library nor
 * `@types/node` declares it and the DOM library would make `window` and `document` look available.
 */

/** A compiled module. Can be posted to a worker, which then need not compile it again. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export interface WasmMemoryObject {
  readonly buffer: ArrayBufferLike;
}

export interface WasmTable {
  get(index: number): unknown;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface WasmImport {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

type WasmImports = Record<string, Record<string, unknown>>;

interface WebAssemblyApi {
  readonly Module: {
    new (bytes: Uint8Array): WasmModule;
    imports(module: WasmModule): readonly WasmImport[];
    exports(module: WasmModule): readonly { readonly name: string }[];
  };
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemoryObject;
}

/** Bytes in one page of WebAssembly memory. */
export const pageBytes = 65_536;

export const webAssembly: WebAssemblyApi = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi })
  .WebAssembly;
