import { expect, it } from 'vitest';
import { OfferCell, takeOffer } from '../../../src/pool/offer-cell.ts';

it('an offer that was taken cannot be withdrawn', () => {
  const offers = new OfferCell();
  offers.offer(7);
  expect(offers.isOpen).toBe(false);
  expect(takeOffer(offers.cell, 7)).toBe(true);
  expect(offers.withdraw(7)).toBe(false);
  expect(offers.isTaken(7)).toBe(true);
  expect(offers.isOpen).toBe(true);
});

it('an offer that was withdrawn cannot be taken', () => {
  const offers = new OfferCell();
  offers.offer(7);
  expect(offers.withdraw(7)).toBe(true);
  expect(takeOffer(offers.cell, 7)).toBe(false);
  expect(offers.isTaken(7)).toBe(false);
});

it('remembers that the last one was taken while the next is on offer', () => {
  const offers = new OfferCell();
  offers.offer(1);
  takeOffer(offers.cell, 1);
  offers.offer(2);
  expect([offers.isTaken(1), offers.isTaken(2)]).toEqual([true, false]);
  offers.withdraw(2);
  offers.offer(3);
  expect(offers.isTaken(1)).toBe(true);
});

it.each([0, 2 ** 31 - 1, 2 ** 31, 2 ** 40])('knows the task %s', (taskId) => {
  const offers = new OfferCell();
  offers.offer(taskId);
  expect(takeOffer(offers.cell, taskId + 1)).toBe(false);
  expect(takeOffer(offers.cell, taskId)).toBe(true);
});
