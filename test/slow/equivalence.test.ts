import { describeEquivalence } from '../rules/harness/describe-equivalence.ts';

await describeEquivalence(500);
