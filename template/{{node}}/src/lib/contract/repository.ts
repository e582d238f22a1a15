/** One resource's rows, created, changed and deleted by the contract's rules. */

import { uuidv7 } from 'uuidv7';

import { type Event, record } from '../audit.ts';
import type { Caller } from '../auth/caller.ts';
import type { Session } from '../db.ts';
import { checkVersion, type Precondition } from './etags.ts';
import { now } from './fields/times.ts';
import { addLinks, replaceLinks } from './links.ts';
import type { Row } from './pages.ts';
import { Reader } from './reader.ts';
import { checkParents, checkRelations, type Targets } from './relations.ts';
import { raiseVersions } from './ripples.ts';
import { columnsOf, targetOf } from './tables.ts';
import { changesBetween, deleteRow, insertRow, updateRow } from './writes.ts';

/** The ids that each many-to-many relation names. */
type Linked = Readonly<Record<string, readonly string[]>>;

/** The rows of one resource, as its policy lets each caller see and change them. */
export class Repository extends Reader {
  /**
   * Inserts the row that `data`, a parsed body, describes and returns it.
   *
   * Throws a 422 where a relation names nothing that `caller` may read, a 409 for a taken value.
   */
  async create(session: Session, caller: Caller | null, data: Row): Promise<Row> {
    this.representation.checkConditions(data);
    const [values, linked] = this.#split(data);
    if ('ownerId' in columnsOf(this.table) && caller !== null) values['ownerId'] = caller.userId;
    await checkRelations(session, caller, this.policy, values, this.#targets(linked));
    await checkParents(session, caller, this.policy, 'create', values);
    const [id, moment] = [uuidv7(), now()];
    const made = { ...values, id, createdAt: moment, updatedAt: moment, version: 1 };
    await insertRow(session, this.table, made);
    for (const [name, ids] of Object.entries(linked)) {
      await addLinks(session, name, this.link(name), id, ids);
    }
    this.#record(session, 'created', caller, id);
    return this.read(session, id);
  }

  /**
   * Changes `row` as `data` says and returns it; what changes nothing leaves it as it is.
   *
   * Throws a 409 where `data` was written against another version or a value is taken, a 412
   * where another writer was faster than one who gave a precondition.
   */
  async update(
    session: Session,
    caller: Caller | null,
    row: Row,
    data: Row,
    expected: Precondition,
  ): Promise<Row> {
    const { version, ...given } = data;
    const [changes, linked] = this.#split(changesBetween(row, given));
    this.representation.checkConditions({ ...row, ...changes });
    await this.#checkChanges(session, caller, row, changes, linked);
    checkVersion(row, version);
    const id = String(row['id']);
    const changed = [...Object.keys(changes), ...Object.keys(linked)].sort();
    if (changed.length > 0) {
      const seen = expected.isGiven || version !== undefined ? row['version'] : undefined;
      const stale = expected.isGiven ? 'PRECONDITION_FAILED' : 'VERSION_MISMATCH';
      const written = { ...changes, updatedAt: now() };
      await updateRow(session, this.table, id, written, seen, stale);
      for (const [name, ids] of Object.entries(linked)) {
        await replaceLinks(session, name, this.link(name), id, ids);
      }
      this.#record(session, 'updated', caller, id, { fields: changed });
    }
    return this.read(session, id);
  }

  /**
   * Deletes `row`, and returns how many rows of each table went along.
   *
   * Throws a 409 where others must not lose it, a 412 where it has changed meanwhile.
   */
  async delete(
    session: Session,
    caller: Caller | null,
    row: Row,
    expected: Precondition,
  ): Promise<Readonly<Record<string, number>>> {
    const id = String(row['id']);
    const cascaded = await raiseVersions(session, this.table, [id]);
    await deleteRow(session, this.table, id, expected.isGiven ? row['version'] : undefined);
    this.#record(session, 'deleted', caller, id, { cascaded });
    return cascaded;
  }

  async #checkChanges(
    session: Session,
    caller: Caller | null,
    row: Row,
    changes: Row,
    linked: Linked,
  ): Promise<void> {
    const added = Object.entries(linked).map(([name, ids]) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as links are read
      const before = new Set(row[name] as string[]);
      return [name, [...new Set(ids)].filter((id) => !before.has(id))] as const;
    });
    const targets = this.#targets(Object.fromEntries(added));
    await checkRelations(session, caller, this.policy, changes, targets);
    if (this.policy.parents('update').some((name) => name in changes)) {
      await checkParents(session, caller, this.policy, 'update', { ...row, ...changes });
    }
  }

  #record(
    session: Session,
    event: Event,
    caller: Caller | null,
    rowId: string,
    details: Row = {},
  ): void {
    record(session, event, caller?.userId ?? null, this.name, rowId, details);
  }

  #split(values: Row): [values: Row, linked: Linked] {
    const entries = Object.entries(values);
    const linked = entries.filter(([name]) => name in this.links);
    const others = entries.filter(([name]) => !(name in this.links));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as schemas say
    return [Object.fromEntries(others), Object.fromEntries(linked) as Linked];
  }

  #targets(linked: Linked): Targets {
    const targets = Object.entries(linked).map(([name, ids]) => {
      const table = targetOf(this.link(name).right);
      if (!table) throw new TypeError(`${name} of ${this.name} point nowhere`);
      return [name, { table, ids }] as const;
    });
    return Object.fromEntries(targets);
  }
}
