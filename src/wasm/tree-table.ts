import type { SyntaxTree } from '../engine/syntax-tree.ts';
import { names } from '../engine/syntax-tree.ts';
import { assetPath } from './asset-path.ts';
import { compileWasm } from './compile-wasm.ts';
import { kindInfo, propertyInfo } from './estree-names.ts';
import type { TreeFacts } from './tree-builder.ts';
import { WasmMemory } from './wasm-memory.ts';
import { webAssembly } from './web-assembly.ts';
import type { WasmMemoryObject } from './web-assembly.ts';

/** Names that the module knows by their number; the order is the one of the constants in assembly/tree-table.ts. */
const fixedNames = [
  '',
  'Literal',
  'TemplateElement',
  'Hole',
  'raw',
  'value',
  'regex',
  'bigint',
  'importKind',
  'exportKind',
  'readonly',
  'optional',
  'start',
  'end',
  'NumericLiteral',
  'StringLiteral',
  'BooleanLiteral',
  'NullLiteral',
  'RegExpLiteral',
  'BigIntLiteral',
] as const;

/** The module has room for as many; ESTree and TypeScript together have about 400. */
const nameLimit = 1024;
const noProperty = 0xffff;

/** Where the module may begin: not at 0, which stands for nothing. */
const baseAddress = 1024;

type Column = 'kind' | 'start' | 'end' | 'parent' | 'first' | 'next' | 'last' | 'field' | 'flags' | 'value';

interface TableModule {
  start(base: number, end: number): number;
  build(address: number, length: number, textLength: number, hasDelimiters: number): number;
  usedEnd(): number;
  columnsAt(): number;
  stringsStart(): number;
  stringsStop(): number;
}

/**
 * Makes the flat table of oxc's JSON in the memory where that lies, without a string and objects on the way: `JSON.parse`
 * and the walk over what it gives were half of the time that a file took. Gives the same tables as `lowerEstree`.
 */
export class TreeTable {
  readonly #memory: WasmMemory;
  readonly #module: TableModule;
  readonly #numbers = new Map<string, number>();
  readonly #infos: Uint16Array;

  /**
   * @param memory also the one of the parser, which never uses its first `roomBytes`
   * @throws BoosterError `E_WASM_LOAD`
   */
  constructor(memory: WasmMemoryObject, roomBytes: number) {
    this.#memory = new WasmMemory(memory);
    const learn = (address: number, length: number): number => this.#learn(this.#memory.readText(address, length));
    const imports = { env: { memory }, host: { learn } };
    const { exports } = new webAssembly.Instance(compileWasm(assetPath('tree-table.wasm')), imports);
    this.#module = exports as unknown as TableModule;
    const infosAt = this.#module.start(baseAddress, roomBytes);
    this.#infos = new Uint16Array(memory.buffer, infosAt, nameLimit * 4);
    for (const name of fixedNames) this.#learn(name);
  }

  /** Bytes of its room that it has used so far. */
  get usedBytes(): number {
    return this.#module.usedEnd();
  }

  /** The table of the JSON at an address; `undefined` when it does not fit into the room or is not as oxc writes it. */
  build(address: number, length: number, facts: TreeFacts): SyntaxTree | undefined {
    const { text, language } = facts;
    const hasDelimiters = language === 'javascript' || language === 'jsx' ? 0 : 1;
    const count = this.#module.build(address, length, text.length, hasDelimiters);
    if (count <= 0) return undefined;
    const columns = this.#columns(count);
    const [stringsAt, stringsEnd] = [this.#module.stringsStart(), this.#module.stringsStop()];
    const list = stringsEnd === stringsAt ? '[]' : this.#memory.readText(stringsAt, stringsEnd - stringsAt);
    const strings = JSON.parse(list) as readonly string[];
    return { ...facts, count, ...columns, strings, names };
  }

  /** Copies of the columns, which lie one behind the other: seven of 4 bytes, then three of 2. */
  #columns(count: number): Pick<SyntaxTree, Column> {
    const { buffer } = this.#memory.memory;
    const at = this.#module.columnsAt();
    const unsigned = (column: number): Uint32Array => new Uint32Array(buffer, at + column * count * 4, count).slice();
    const signed = (column: number): Int32Array => new Int32Array(buffer, at + column * count * 4, count).slice();
    const narrowAt = at + 7 * count * 4;
    const narrow = (column: number): Uint16Array =>
      new Uint16Array(buffer, narrowAt + column * count * 2, count).slice();
    // in the order of the other tables: one shape of object for all that reads them
    return {
      kind: narrow(0),
      start: unsigned(0),
      end: unsigned(1),
      parent: signed(2),
      first: signed(3),
      next: signed(4),
      last: signed(5),
      field: narrow(1),
      flags: narrow(2),
      value: signed(6),
    };
  }

  /** The number by which the module knows a name, or -1 when there is no room for another. */
  #learn(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const id = this.#numbers.size;
    if (id >= nameLimit) return -1;
    this.#numbers.set(name, id);
    const { number, flags, valueProperty } = kindInfo(name);
    const valueId = valueProperty === '' ? noProperty : this.#learn(valueProperty);
    this.#infos.set([number, flags, propertyInfo(name).flag, valueId & noProperty], id * 4);
    return id;
  }
}
