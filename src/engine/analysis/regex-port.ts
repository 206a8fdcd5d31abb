/** What a checker says about the matching time of a regular expression. */
export type RegexVerdict =
  | { readonly kind: 'linear' }
  /** The checker did not come to an end, or the attack did not hold in a measurement. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'super-linear';
      /** `exponential`, or the degree of the polynomial. */
      readonly growth: 'exponential' | number;
      /** JavaScript expression that makes the attack, e.g. `'a'.repeat(31) + '\x00'`. */
      readonly attack: string;
      /** UTF-16 range of the pattern where the time goes. */
      readonly hotspot: { readonly start: number; readonly end: number };
      /** Steps of a backtracking matcher that were counted, by length of the attack. */
      readonly counted: readonly { readonly length: number; readonly steps: number }[];
    };

/** What the engine needs of a checker of regular expressions. `undefined`: none is loaded yet; ask again when one is. */
export interface RegexPort {
  verdict(source: string, flags: string): RegexVerdict | undefined;
}
