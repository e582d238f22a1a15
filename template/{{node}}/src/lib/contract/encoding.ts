/** Writing JSON as every answer does. */

/** `value` as JSON; rows hold moments, decimals and ids as the texts that clients get. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}
