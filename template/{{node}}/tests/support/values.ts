/** Values that factories make of numbers. */

const DAY_MILLISECONDS = 24 * 3600 * 1000;
const FIRST = Date.UTC(2030, 0, 1);

/** Returns the day so many days after the first one. */
export function dayAfter(number: number): string {
  return new Date(FIRST + number * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** Returns the moment so many minutes after the first one. */
export function momentAfter(number: number): string {
  return new Date(FIRST + number * 60_000).toISOString();
}

/** Returns the UUID with a number. */
export function uuidOf(number: number): string {
  const digits = number.toString(16).padStart(32, '0');
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

/** Returns the decimal of so many units, of which `scale` digits stand after the point. */
export function decimal(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = scale > 0 ? `.${digits.slice(point)}` : '';
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`;
}
