/** How dbmate finds the database; nothing here needs the packages of development. */

/** Returns `url` as dbmate reads it. */
export function dbmateUrl(url: string): string {
  return url.replace('sqlite:///', 'sqlite:');
}
