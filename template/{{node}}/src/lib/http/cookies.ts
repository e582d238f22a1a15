/** Reading cookies. */

/** Returns the cookies that a `Cookie` header holds; of a name the first counts. */
export function cookiesOf(header = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of header.split(';')) {
    const [name = '', ...value] = part.split('=');
    if (!found.has(name.trim())) found.set(name.trim(), value.join('=').trim());
  }
  return found;
}
