import type { TaskTicket } from './ticket.ts';

/** A task whose instances keep dying before they begin with it may just be unlucky, but not for ever. */
const strayLimit = 5;

/**
 * Whether a task may run again after its instance failed, which is counted in its ticket: once on a fresh instance when it had
 * begun, some times when it had not, and never when it is bound to the instance that is gone.
 */
export function mayTryAgain(ticket: TaskTicket, hadBegun: boolean): boolean {
  if (!hadBegun) ticket.strays += 1;
  const isOwnFault = hadBegun || ticket.strays > strayLimit;
  if ((isOwnFault && ticket.needsFresh) || ticket.isBound) return false;
  ticket.needsFresh ||= isOwnFault;
  return true;
}
