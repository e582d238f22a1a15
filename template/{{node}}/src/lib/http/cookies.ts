/** Reading cookies. */

/** Returns the cookies that the lines of a `Cookie` header hold; of a name the first counts. */
export function cookiesOf(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of lines.join(';').split(';')) {
    const [name = '', ...value] = part.split('=');
    if (!found.has(name.trim())) found.set(name.trim(), value.join('=').trim());
  }
  return found;
}
