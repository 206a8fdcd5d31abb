import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';

function sources(text: string, pattern: string): string[] {
  const { ast, patterns } = analyse(text);
  return patterns.find(pattern).map((match) => ast.source(match.node));
}

describe('patterns', () => {
  it('binds variables to any node', () => {
    const { ast, patterns } = analyse('users.filter(isAdmin)[0]; users.filter(a, b)[0];');
    const [match] = patterns.find('$XS.filter($P)[0]');
    expect([ast.source(match?.get('XS') ?? -1), ast.source(match?.get('P') ?? -1)]).toEqual(['users', 'isAdmin']);
    expect(patterns.find('$XS.filter($P)[0]')).toHaveLength(1);
  });

  it('binds list variables to any number of nodes', () => {
    const { ast, patterns } = analyse('f(); f(1); f(1, 2, 3);');
    expect(patterns.find('f($$$ARGS)').map((match) => match.all('ARGS').map((node) => ast.source(node)))).toEqual([
      [],
      ['1'],
      ['1', '2', '3'],
    ]);
  });

  it('demands equal code for a name used twice', () => {
    expect(sources('a.b = a.b + 1; a.b = a . b + 1; a.b = a.c + 1;', '$X = $X + 1')).toEqual([
      'a.b = a.b + 1',
      'a.b = a . b + 1',
    ]);
  });

  it('tells operators, flags and literals apart', () => {
    expect(sources('a === 0; a == 0; a === 0.0; a === "0"; a?.b; a.b;', '$X === 0')).toEqual(['a === 0', 'a === 0.0']);
    expect(sources('a?.b; a.b; a["b"];', '$X.b')).toEqual(['a.b']);
  });
});
