import { describeEquivalence } from './harness/describe-equivalence.ts';

// the quick half looks at few inputs, test/slow/equivalence.test.ts at many
await describeEquivalence(50);
