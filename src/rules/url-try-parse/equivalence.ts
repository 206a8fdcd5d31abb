import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const urls = fc.oneof(
  fc.webUrl(),
  fc.string(),
  fc.constantFrom('http://', 'http://[::1]', 'a:b', '//x', 'http://a b', ' http://x\n', 'http://x:99999', '\ud800://'),
);

export default [
  {
    name: 'texts of all kinds',
    source: 'export function subject(text: string) { try { new URL(text); return true; } catch { return false; } }\n',
    args: fc.tuple(urls),
  },
  {
    name: 'a text and a base',
    source:
      'export function subject(text: string, base: string) { try { new URL(text, base); return true; } catch { return false; } }\n',
    args: fc.tuple(urls, urls),
  },
] satisfies readonly EquivalenceSubject[];
