import type { ErrorCode } from '../../shared/errors.ts';
import type { Refusal } from './merge.ts';

/** A refusal without competing places, unless `details` name them. */
export function refuse(
  code: ErrorCode,
  message: string,
  details: Partial<Omit<Refusal, 'status' | 'code' | 'message'>> = {},
): Refusal {
  return { status: 'refused', code, message, candidates: [], ...details };
}

export function isRefusal(value: object): value is Refusal {
  return 'status' in value && value.status === 'refused';
}
