import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { isAutomated, openTerminal, usesColor } from '../../../src/cli/terminal.ts';
import { visibleText, wrapLine } from '../../../src/cli/visible-text.ts';

const auto = { setting: 'auto', fromFlag: false } as const;

describe('usesColor', () => {
  it.each([
    ['a terminal', auto, {}, true, true],
    ['a pipe', auto, {}, false, false],
    ['TERM=dumb', auto, { TERM: 'dumb' }, true, false],
    ['NO_COLOR', auto, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR, which counts as unset', auto, { NO_COLOR: '' }, true, true],
    ['NO_COLOR over FORCE_COLOR', auto, { NO_COLOR: '1', FORCE_COLOR: '3' }, true, false],
    ['FORCE_COLOR into a pipe', auto, { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', auto, { FORCE_COLOR: '0' }, true, false],
    ['CLICOLOR_FORCE into a pipe', auto, { CLICOLOR_FORCE: '1' }, false, true],
    ['the flag over NO_COLOR', { setting: 'always', fromFlag: true }, { NO_COLOR: '1' }, false, true],
    ['the flag over FORCE_COLOR', { setting: 'never', fromFlag: true }, { FORCE_COLOR: '1' }, true, false],
    ['NO_COLOR over a configuration file', { setting: 'always', fromFlag: false }, { NO_COLOR: '1' }, true, false],
    ['a configuration file over TTY', { setting: 'never', fromFlag: false }, {}, true, false],
  ] as const)('decides for %s', (_title, choice, env, isTTY, expected) => {
    expect(usesColor(choice, env, isTTY)).toBe(expected);
  });
});

describe('openTerminal', () => {
  const stream = (facts: object): NodeJS.WriteStream => Object.assign(new PassThrough(), facts) as never;

  it('takes 80 columns when the terminal reports none or zero', async () => {
    expect((await openTerminal(stream({}), auto, {})).columns).toBe(80);
    expect((await openTerminal(stream({ isTTY: true, columns: 0 }), auto, {})).columns).toBe(80);
    expect((await openTerminal(stream({ isTTY: true, columns: 5 }), auto, {})).columns).toBe(20);
  });

  it('colours on a terminal and leaves text alone in a pipe', async () => {
    const terminal = await openTerminal(stream({ isTTY: true, columns: 80 }), auto, {});
    expect(terminal.paint.red('x')).toBe('\x1b[31mx\x1b[39m');
    expect((await openTerminal(stream({}), auto, {})).paint.red('x')).toBe('x');
  });
});

describe('isAutomated', () => {
  it('knows CI and agents, and takes CI=false at its word', () => {
    expect(isAutomated({ CI: 'true' })).toBe(true);
    expect(isAutomated({ CLAUDECODE: '1' })).toBe(true);
    expect(isAutomated({ CI: 'false' })).toBe(false);
    expect(isAutomated({})).toBe(false);
  });
});

describe('visibleText', () => {
  it('shows control and bidirectional characters as escapes and keeps the rest', () => {
    expect(visibleText('a\x1b[31m\x9b\u202e😀é\tb\n')).toBe('a\\x1b[31m\\x9b\\u202e😀é\tb\n');
  });
});

describe('wrapLine', () => {
  it('breaks at spaces, indents what follows and counts no colours', () => {
    expect(wrapLine('aaa bbb ccc', 7, '  ')).toBe('aaa bbb\n  ccc');
    expect(wrapLine('\x1b[31maaa\x1b[39m bbb', 7, '')).toBe('\x1b[31maaa\x1b[39m bbb');
    expect(wrapLine('unbreakable-word x', 4, ' ')).toBe('unbreakable-word\n x');
  });
});
