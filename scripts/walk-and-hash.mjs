// Reads and hashes every source file below the working folder, and does nothing else: what a run without news cannot do without.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (/\.(?:[cm]?[jt]s|[jt]sx)$/.test(entry.name)) createHash('sha256').update(readFileSync(path)).digest();
  }
}

walk('.');
