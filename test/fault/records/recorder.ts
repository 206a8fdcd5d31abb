// A process that uses the local store with booster's own code; bundled and started by the tests beside it.
import { claimJournal, readClaim, removeClaim } from '../../../src/records/local/claim-journal.ts';
import { Journal } from '../../../src/records/local/journal.ts';
import { runsJournal } from '../../../src/records/local/runs-journal.ts';
import { newRunId } from '../../../src/records/run-id.ts';
import { runRecord } from '../../contract/run-record.ts';

const [task, folder = '', argument = ''] = process.argv.slice(2);
const place = { folder, missing: [folder], userId: process.getuid?.() };
const limits = { maximumRecords: 1_000_000, maximumAgeMs: 86_400_000 };

function record(): { readonly id: string; readonly line: string } {
  const id = newRunId(Date.now());
  return { id, line: JSON.stringify(runRecord(1, { id, at: Date.now(), pid: process.pid })) };
}

/** Saves records one by one and prints the id of each when it is saved; without a number, until it is killed. */
function save(journal: Journal): void {
  const most = argument === '' ? Infinity : Number(argument);
  for (let done = 0; done < most; done += 1) {
    const { id, line } = record();
    journal.append([line]);
    process.stdout.write(`${id}\n`);
  }
}

/** Moves lines from a spool to the runs, as a delivery does, until the spool is empty for a while. */
async function move(): Promise<void> {
  const runs = runsJournal(place, limits);
  const isProcessAlive = (): boolean => true;
  for (let empty = 0; empty < 20;) {
    const spool = `${folder}/spool/target`;
    const claim = claimJournal(spool, { processId: process.pid, isProcessAlive, abandonedAfterMs: 60_000 });
    if (claim === undefined) {
      empty += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
    } else {
      empty = 0;
      const lines = readClaim(claim);
      if (lines.length > 0) runs.append(lines);
      removeClaim(claim);
    }
  }
}

if (task === 'move') await move();
else if (task === 'spool') save(new Journal(place, 'spool/target'));
else save(runsJournal(place, limits));
