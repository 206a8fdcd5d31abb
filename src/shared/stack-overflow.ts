/** `true` for the error with which V8 ends a recursion that goes too deep; other range errors are mistakes. */
export function isStackOverflow(error: unknown): error is RangeError {
  return error instanceof RangeError && error.message.includes('call stack');
}
