/** What migrations need on SQLite. */

/** Returns `url` as dbmate reads it. */
export function dbmateUrl(url: string): string {
  return url.replace('sqlite:///', 'sqlite:');
}
