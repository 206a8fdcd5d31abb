import type { BoosterError } from '../shared/errors.ts';
import type { TaskTicket } from './ticket.ts';

/**
 * An edit that cost instances, as one that is merged by lines alone: that takes no engine and next to no time, so it may run on
 * the main thread. Other tasks, which nothing but an engine can do, may not.
 */
export function withoutParser(ticket: TaskTicket, { code, message }: BoosterError): TaskTicket {
  const { task } = ticket;
  if (task.kind !== 'apply') return { ...ticket, mayFallBack: false };
  const request = { ...task.request, withoutParser: { code, message } };
  return { ...ticket, mayFallBack: true, task: { ...task, request } };
}
