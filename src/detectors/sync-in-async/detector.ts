import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { moduleName } from '../../engine/analysis/module-names.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';

/** Synchronous calls that can take long, and what does not block; those that only look at a path are left out elsewhere than in handlers. */
const blocking: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fs: {
    readFileSync: 'fs.promises.readFile',
    writeFileSync: 'fs.promises.writeFile',
    appendFileSync: 'fs.promises.appendFile',
    readdirSync: 'fs.promises.readdir',
    copyFileSync: 'fs.promises.copyFile',
    cpSync: 'fs.promises.cp',
    rmSync: 'fs.promises.rm',
  },
  child_process: { execSync: 'exec', execFileSync: 'execFile', spawnSync: 'spawn' },
  crypto: {
    pbkdf2Sync: 'pbkdf2',
    scryptSync: 'scrypt',
    generateKeyPairSync: 'generateKeyPair',
    generatePrimeSync: 'generatePrime',
    hkdfSync: 'hkdf',
  },
  zlib: {
    gzipSync: 'gzip',
    gunzipSync: 'gunzip',
    deflateSync: 'deflate',
    inflateSync: 'inflate',
    deflateRawSync: 'deflateRaw',
    inflateRawSync: 'inflateRaw',
    unzipSync: 'unzip',
    brotliCompressSync: 'brotliCompress',
    brotliDecompressSync: 'brotliDecompress',
  },
  // packages: a hash takes as long as it was made to
  bcrypt: { hashSync: 'hash', compareSync: 'compare', genSaltSync: 'genSalt' },
  bcryptjs: { hashSync: 'hash', compareSync: 'compare', genSaltSync: 'genSalt' },
};
const briefInHandlers: Readonly<Record<string, string>> = {
  existsSync: 'fs.promises.access',
  statSync: 'fs.promises.stat',
  lstatSync: 'fs.promises.lstat',
  mkdirSync: 'fs.promises.mkdir',
  unlinkSync: 'fs.promises.unlink',
  realpathSync: 'fs.promises.realpath',
};

export default defineDetector({
  meta: {
    id: 'sync-in-async',
    group: 'blocking',
    summary: 'a synchronous file, process, crypto or compression call in a request handler or an async function',
    why:
      'While it runs, the thread answers nobody else. In a request handler, the slowest file of one request is added to all others. ' +
      'The asynchronous form takes longer for a small file (measured: 22 µs for 1.8 µs), but blocks nobody. booster does not rewrite it: ' +
      'callers would have to wait.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'blocks the thread', after: 'waits beside other work' },
    remedy: 'await the asynchronous form, or do it once at the start',
    example: {
      slow: [
        "import { createServer } from 'node:http';",
        "import { readFileSync } from 'node:fs';",
        "createServer((req, res) => res.end(readFileSync('page.html'))).listen(80);",
        '',
      ].join('\n'),
      better: [
        "import { createServer } from 'node:http';",
        "import { readFileSync } from 'node:fs';",
        "const page = readFileSync('page.html');",
        'createServer((req, res) => res.end(page)).listen(80);',
        '',
      ].join('\n'),
    },
    quiet: [
      'It runs at the top of a module, or in a function that is not async: nobody waits yet, or the function has no other way.',
      'A short look at a path (`existsSync`, `statSync`) outside of request handlers.',
      'The file is a program by its text (`#!`, `process.argv`, `require.main === module`), outside of request handlers.',
      'The function is a configuration, a command or a test by the name of its file part: this cannot be told, so such findings say `possible`.',
    ],
  },
  triggers: ['Sync'],
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) look(ctx, call);
  },
});

function look(ctx: DetectorContext, call: number): void {
  const { ast } = ctx;
  const callee = ast.child(call, 'callee');
  const source = ast.is(callee, 'Identifier') ? ast.value(callee) : ast.value(ast.child(callee, 'property'));
  if (!source.endsWith('Sync') && !ast.is(callee, 'Identifier')) return;
  const target = moduleName(ctx, callee);
  if (target === undefined) return;
  const handler = requestHandler(ast, call);
  const isBrief = target.module === 'fs' && Object.hasOwn(briefInHandlers, target.name);
  const table = isBrief
    ? briefInHandlers
    : Object.hasOwn(blocking, target.module)
      ? blocking[target.module]
      : undefined;
  if (table === undefined || !Object.hasOwn(table, target.name)) return;
  const fn = ast.enclosingFunction(call);
  if (handler === none && (isBrief || fn === none || !ast.has(fn, 'async') || isProgram(ast))) return;
  const remedy = `await ${table[target.name] ?? ''}, or do it once at the start`;
  if (handler === none) {
    ctx.report({
      node: call,
      message: `${target.name} blocks the thread in an async function, whose callers expect that other work goes on`,
      level: 'info',
      confidence: 'possible',
      confidenceReason: 'in a command-line tool nothing else may wait for this thread',
      remedy,
      evidence: [`${target.name} is that of ${target.module}`, 'the function is async'],
    });
    return;
  }
  ctx.report({
    node: call,
    message: `${target.name} blocks the thread while a request is answered; all other requests wait`,
    level: isBrief ? 'warning' : 'error',
    confidence: 'likely',
    confidenceReason: 'the function takes requests by how it is registered, or by its parameters',
    remedy,
    evidence: [`${target.name} is that of ${target.module}`, 'it runs in a request handler'],
  });
}

/** A program that is started from the command line, by its text: nothing else waits for its thread. */
function isProgram({ text }: Ast): boolean {
  return /^#!|\bprocess\.argv\b|\brequire\.main === module\b|\bimport\.meta\.main\b/.test(text);
}
