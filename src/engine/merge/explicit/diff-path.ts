const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '"': 34, '\\': 92, a: 7, b: 8, f: 12, v: 11 };

/** The path in a line of `---` or `+++`; `undefined` for `/dev/null`. */
export function diffPath(line: string): string | undefined {
  const rest = line.slice(4);
  const quoted = /^"(?<path>(?:[^"\\]|\\.)*)"/u.exec(rest)?.groups?.['path'];
  const path = quoted === undefined ? rest.replace(/\t.*$/u, '').trimEnd() : unescapePath(quoted);
  return path === '/dev/null' ? undefined : path;
}

/** Version control writes the bytes of unusual characters as `\303\244`. */
function unescapePath(quoted: string): string {
  const bytes: number[] = [];
  for (const part of quoted.matchAll(/\\(?<octal>[0-7]{3})|\\(?<sign>.)|(?<plain>[^\\])/gu)) {
    const { octal, sign, plain } = part.groups ?? {};
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (sign !== undefined) bytes.push(escapes[sign] ?? sign.charCodeAt(0));
    else bytes.push(...new TextEncoder().encode(plain ?? ''));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
