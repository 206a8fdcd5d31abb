// Checks the import laws of .dependency-cruiser.mjs on src.
import { fileURLToPath } from 'node:url';
import { laws, layerReport } from './layer-report.mjs';

// dependency-cruiser reports success on 0 modules when it cannot load the compiler (TypeScript 7)
const minimumModules = 120;

const { moduleCount, violations } = await layerReport(fileURLToPath(new URL('..', import.meta.url)));
for (const { law, from, to } of violations) {
  const comment = laws.find(({ name }) => name === law)?.comment ?? '';
  console.error(`${law}: ${from} → ${to}\n  ${comment}`);
}
if (moduleCount < minimumModules)
  console.error(`only ${moduleCount} modules were seen; at least ${minimumModules} exist`);
console.log(`layers: ${moduleCount} modules, ${violations.length} violations`);
process.exitCode = violations.length > 0 || moduleCount < minimumModules ? 1 : 0;
