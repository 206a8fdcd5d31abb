/** Milliseconds for commands about the pool itself: its thread may be busy with a start or a large message. */
export const commandPatienceMs = 2000;
