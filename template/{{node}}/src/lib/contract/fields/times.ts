/** Days and moments: RFC 3339, with an offset, kept in UTC and cut to milliseconds. */

import { Fault, FieldType, type JsonSchema } from './base.ts';

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const MOMENT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})$/;
const OFFSET = /^[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
const MINUTE = 60_000;
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** The milliseconds of a time in UTC; NaN where no calendar or clock has it. */
function instant(day: string, time: string): number {
  const found = Date.parse(`${day}T${time}.000Z`);
  // V8 turns 30 February into 2 March, and 24:00 into the day after.
  const isReal = found >= FIRST && new Date(found).toISOString().startsWith(`${day}T${time}`);
  return isReal ? found : Number.NaN;
}

/** The milliseconds that `zone` is ahead of UTC; NaN where no zone is. */
function offsetOf(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  if (!OFFSET.test(zone)) return Number.NaN;
  const size = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * MINUTE;
  return zone.startsWith('-') ? -size : size;
}

/** A day of the calendar. */
export class Day extends FieldType<string> {
  /** The day; one that no calendar has is refused. */
  accept(value: unknown): string {
    if (typeof value !== 'string' || !DAY.test(value) || Number.isNaN(instant(value, '00:00:00'))) {
      throw new Fault('date');
    }
    return value;
  }

  /** A string in the form of a day. */
  describe(): JsonSchema {
    return { type: 'string', format: 'date' };
  }
}

/** A moment in time. */
export class Moment extends FieldType<string> {
  /** The moment in UTC, without what is finer than a millisecond. */
  accept(value: unknown): string {
    const match = typeof value === 'string' ? MOMENT.exec(value) : null;
    const [, day = '', time = '', fraction = '', zone = ''] = match ?? [];
    const found = instant(day, time) - offsetOf(zone);
    const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
    // Written so that NaN is refused too.
    if (!(found >= FIRST && found <= LAST)) throw new Fault('datetime');
    return new Date(found + millisecond).toISOString();
  }

  /** A string in the form of a moment. */
  describe(): JsonSchema {
    return { type: 'string', format: 'date-time' };
  }
}

/** The present moment as it is stored: in UTC, to the millisecond. */
export function now(): string {
  return new Date().toISOString();
}

/** The moment so many seconds from now; those before it have a negative number. */
export function momentIn(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

/** The two times of a row that is made at this moment. */
export function stamps(): { createdAt: string; updatedAt: string } {
  const moment = now();
  return { createdAt: moment, updatedAt: moment };
}
