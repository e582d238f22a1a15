/** How dbmate finds the database; nothing here needs the packages of development. */

/** Returns `url` as dbmate reads it: it would insist on TLS where nothing is said. */
export function dbmateUrl(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('sslmode')) parsed.searchParams.set('sslmode', 'disable');
  return parsed.href;
}
