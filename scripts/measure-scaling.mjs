// Child of bench-optimize.mjs: how long the library takes for a text that is 1, 2, 4 and 8 times as long. Prints JSON.
// The sizes take turns, so that the machine's moods hit all alike.
import { optimizeCode } from '../dist/index.js';
import { spread } from './interleave.mjs';
import { readSlow, repeatCode } from './optimize-inputs.mjs';

const rounds = Number(process.argv[2]);
const factors = [1, 2, 4, 8];
const baseCopies = 10;

/** Code with findings, and the same code after the rewrite, in which there are none. */
const slow = readSlow();
const { code: fast } = await optimizeCode(slow, { level: 'aggressive' });
const kinds = { 'with findings': slow, 'without findings': fast };

const figures = [];
for (const [name, code] of Object.entries(kinds)) {
  const texts = factors.map((factor) => repeatCode(code, factor * baseCopies));
  const times = texts.map(() => []);
  const applied = [];
  for (let round = -3; round < rounds; round += 1) {
    for (const [index, text] of texts.entries()) {
      const started = performance.now();
      const result = await optimizeCode(text, { level: 'aggressive' });
      const ms = performance.now() - started;
      if (result.status === 'refused') throw new Error(result.reason.message);
      applied[index] = result.findings.filter(({ status }) => status === 'applied').length;
      if (round >= 0) times[index].push(ms);
    }
  }
  for (const [index, factor] of factors.entries()) {
    const bytes = Buffer.byteLength(texts[index]);
    figures.push({ name, factor, bytes, rewrites: applied[index], ms: spread(times[index]) });
  }
}
console.log(JSON.stringify(figures));
