/** How dbmate finds the database; nothing here needs the packages of development. */

/** Returns `url` as dbmate reads it, in the strict mode that the service works in. */
export function dbmateUrl(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set('sql_mode', "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE'");
  return parsed.href;
}
