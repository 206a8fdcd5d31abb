import { z } from 'zod';

const text = { type: 'string' };
const userSchema = {
  type: 'object',
  required: ['id', 'name', 'mail', 'roles', 'active'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    name: { ...text, minLength: 1, maxLength: 100 },
    mail: { ...text, pattern: '^[^@ ]+@[^@ ]+$' },
    roles: { type: 'array', items: { enum: ['admin', 'author', 'reader'] } },
    born: { ...text, pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
    active: { type: 'boolean' },
  },
};
const zodUser = z.object({
  id: z.number().int().min(1),
  name: z.string().min(1).max(100),
  mail: z.string().regex(/^[^@ ]+@[^@ ]+$/u),
  roles: z.array(z.enum(['admin', 'author', 'reader'])),
  born: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/u)
    .optional(),
  active: z.boolean(),
});
const user = (id) => ({
  id,
  name: 'Ada Lovelace',
  mail: `ada${id}@example.org`,
  roles: ['admin', 'author'],
  born: '1815-12-10',
  active: true,
});

const orderSchema = {
  type: 'object',
  required: ['id', 'user', 'lines'],
  properties: {
    id: { ...text, minLength: 1 },
    user: userSchema,
    lines: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['sku', 'count', 'price'],
        properties: { sku: text, count: { type: 'integer', minimum: 1 }, price: { type: 'number' } },
      },
    },
  },
};
const zodOrder = z.object({
  id: z.string().min(1),
  user: zodUser,
  lines: z.array(z.object({ sku: z.string(), count: z.number().int().min(1), price: z.number() })).min(1),
});
const order = (id) => ({
  id: `A-${id}`,
  user: user(id),
  lines: Array.from({ length: 20 }, (_, index) => ({ sku: `sku-${index}`, count: index + 1, price: 9.5 })),
});

const event = (kind, properties) => ({
  type: 'object',
  required: ['kind', 'at', ...Object.keys(properties)],
  additionalProperties: false,
  properties: { kind: { const: kind }, at: { type: 'integer' }, ...properties },
});
const eventSchema = {
  oneOf: [
    event('click', { x: { type: 'number' }, y: { type: 'number' } }),
    event('key', { code: text }),
    event('scroll', { top: { type: 'number' } }),
  ],
};
const zodEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('click'), at: z.number().int(), x: z.number(), y: z.number() }),
  z.strictObject({ kind: z.literal('key'), at: z.number().int(), code: z.string() }),
  z.strictObject({ kind: z.literal('scroll'), at: z.number().int(), top: z.number() }),
]);
const events = [
  { kind: 'click', at: 1, x: 2.5, y: 3 },
  { kind: 'key', at: 2, code: 'Enter' },
  { kind: 'scroll', at: 3, top: 120 },
];

const bookingSchema = {
  type: 'object',
  required: ['id', 'mail', 'from', 'created'],
  properties: {
    id: { ...text, format: 'uuid' },
    mail: { ...text, format: 'email' },
    from: { ...text, format: 'date' },
    created: { ...text, format: 'date-time' },
  },
};
const zodBooking = z.object({
  id: z.uuid(),
  mail: z.email(),
  from: z.iso.date(),
  created: z.iso.datetime({ offset: true }),
});

/** Whole numbers below a bound; the same ones in each run. */
function numbersFrom(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % bound;
  };
}

/** Values like those of real traffic: lengths, digits and zones differ, so that no processor learns the branches of a few texts. */
function bookings(count) {
  const below = numbersFrom(7);
  const one = (list) => list[below(list.length)];
  const two = (value) => String(value).padStart(2, '0');
  const hex = (length) => Array.from({ length }, () => below(16).toString(16)).join('');
  const day = () => new Date(Date.UTC(1990 + below(50), 0, 1 + below(365))).toISOString().slice(0, 10);
  const person = () => one(['ada', 'grace', 'kurt', 'jo', 'svetlana', 'info', 'no-reply', 'x', 'chen', 'mueller']);
  const mail = () => {
    const name = person() + one(['', `.${person()}`, `_${person()}`, below(1000), `+${person()}`]);
    const host = one(['example', 'gmail', 'my-company', 'uni-bonn', 'a1', 'outlook', 'shop24']);
    return `${name}@${one(['', '', 'mail.'])}${host}.${one(['com', 'org', 'net', 'de', 'co.uk', 'io', 'museum'])}`;
  };
  const time = () => `${two(below(24))}:${two(below(60))}:${two(below(60))}`;
  const created = () => `${day()}T${time()}${one(['', '.123', '.123456'])}${one(['Z', 'Z', '+01:00', '-05:30'])}`;
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  return Array.from({ length: count }, () => ({ id: uuid(), mail: mail(), from: day(), created: created() }));
}

const some = [1, 2, 3, 4];
const traffic = bookings(1000);

/**
 * What validators are measured on: a schema, what zod's documentation advises for the same (one schema, built once; safeParse), and
 * values that take turns.
 */
export const validatorWorkloads = [
  {
    name: 'user',
    schema: userSchema,
    zod: zodUser,
    valid: some.map(user),
    invalid: some.map((id) => ({ ...user(id), id: 0 })),
  },
  {
    name: 'order of 20 lines',
    schema: orderSchema,
    zod: zodOrder,
    valid: some.map(order),
    invalid: some.map((id) => ({ ...order(id), user: { ...user(id), name: '' } })),
  },
  {
    name: 'event of three kinds',
    schema: eventSchema,
    zod: zodEvent,
    valid: events,
    invalid: events.map((each) => ({ ...each, at: 'now' })),
  },
  {
    name: 'booking (formats only)',
    schema: bookingSchema,
    zod: zodBooking,
    valid: traffic,
    invalid: traffic.map((each) => ({ ...each, from: '2024-02-30' })),
  },
];
