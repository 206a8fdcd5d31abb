// A process that writes with booster's own code; bundled and started by writer-process.ts.
import { readSource } from '../../../src/files/read-source.ts';
import { writeAtomic } from '../../../src/files/write-atomic.ts';

const [task, path = '', argument = ''] = process.argv.slice(2);

async function write(text: string): Promise<void> {
  await writeAtomic(readSource(path), text);
}

async function alternate(): Promise<void> {
  const [one = '', other = ''] = argument.split(',');
  for (;;) {
    process.stdout.write('.');
    const source = readSource(path);
    await writeAtomic(source, source.text.startsWith(one) ? other.repeat(50_000) : one.repeat(50_000));
  }
}

/** Adds one line at a time, reading again after a conflict: no line may be lost. */
async function count(): Promise<void> {
  const lines = Number(argument);
  for (let done = 0; done < lines;) {
    const source = readSource(path);
    try {
      await writeAtomic(source, `${source.text}${process.pid}\n`);
      done += 1;
    } catch (error) {
      if ((error as { code?: string }).code !== 'E_FILE_CHANGED') throw error;
    }
  }
}

try {
  if (task === 'alternate') await alternate();
  else if (task === 'count') await count();
  else await write(argument === '' ? 'x'.repeat(100_000) : argument);
  process.stdout.write('written\n');
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code ?? ''} ${String(error)}\n`);
}
