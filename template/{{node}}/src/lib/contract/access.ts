/**
 * Who may do what, as a condition of the query itself.
 *
 * A rule that depends on the row becomes part of the `WHERE`, so that no list ever holds a row that
 * its reader may not read. What depends on the caller alone is decided before.
 */

import { aliasedTable, type Column, eq, exists, type SQL, sql, type Table } from 'drizzle-orm';

import type { Caller } from '../auth/caller.ts';
import type { AnyTable } from '../columns.ts';
import { ApiError } from '../errors.ts';
import { ALWAYS, anyOf, NEVER, parameter } from './conditions.ts';
import { type Action, isSatisfied, type Roles, type Rule, type Rules } from './rules.ts';
import { columnOf, columnsOf, know, targetOf } from './tables.ts';

export type { Action, Rule, Rules } from './rules.ts';
export { authenticated, owner, parent, publicAccess, role } from './rules.ts';

/** A condition of rows, or what is known without looking at them. */
export type Condition = SQL | boolean;

const policies = new Map<Table, Policy>();

/** The rules of one resource. */
export class Policy {
  readonly table: AnyTable;
  readonly #rules: Rules;
  readonly #conditions = new Map<string, Condition>();

  constructor(table: AnyTable, rules: Rules) {
    this.table = table;
    this.#rules = rules;
    policies.set(table, this);
    know(table);
  }

  /** Returns every rule, whatever it is about. */
  get all(): readonly Rule[] {
    return Object.values(this.#rules).flat();
  }

  /** Returns the rules of `action`; where single rows are not offered, lists decide. */
  rules(action: Action): readonly Rule[] {
    const rules = this.#rules[action] ?? [];
    return action === 'get' && rules.length === 0 ? (this.#rules.list ?? []) : rules;
  }

  /** Returns what a row must fulfil so that `caller` may do `action` with it. */
  condition(action: Action, caller: Caller | null): Condition {
    const key = `${action} ${keyOf(caller)}`;
    const known = this.#conditions.get(key);
    if (known !== undefined) return known;
    const condition = this.#condition(action, rolesOf(caller));
    this.#conditions.set(key, condition);
    return condition;
  }

  /** Returns the attributes whose rows may decide about `action`. */
  parents(action: Action): string[] {
    const rules = this.rules(action).filter((rule) => rule.kind === 'parent');
    return rules.map((rule) => rule.argument);
  }

  /**
   * Returns whether some rule but those of parents lets `caller` do `action`.
   *
   * `ownerId` is the owner of the row that would be written.
   */
  letsIn(action: Action, caller: Caller | null, ownerId: unknown): boolean {
    const roles = rolesOf(caller);
    return this.rules(action).some((rule) =>
      rule.kind === 'owner'
        ? caller !== null && caller.userId === ownerId
        : rule.kind !== 'parent' && isSatisfied(rule, roles),
    );
  }

  /** Throws where no row can let `caller` do `action`: 401 for nobody, else 403. */
  require(action: Action, caller: Caller | null): void {
    if (this.condition(action, caller) === false) {
      throw new ApiError(caller ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    }
  }

  #condition(action: Action, roles: Roles): Condition {
    const isOwned = 'ownerId' in columnsOf(this.table);
    if (action === 'create' && roles === null && isOwned) return false; // who makes a row owns it
    return anyRule(this, this.table, action, roles, 1);
  }
}

/** Returns the policy of `table`; undefined for accounts, which every resource may refer to. */
export function policyOf(table: Table): Policy | undefined {
  return policies.get(table);
}

/** Returns what tells callers apart, as far as conditions do. */
export function keyOf(caller: Caller | null): string {
  const roles = rolesOf(caller);
  return roles === null ? '-' : [...roles].sort().join(' ');
}

/** Returns the parameters that a statement with a condition needs. */
export function callerParameters(caller: Caller | null): { callerId?: string } {
  return caller === null ? {} : { callerId: caller.userId };
}

/** Returns a condition as SQL. */
export function asSql(condition: Condition): SQL {
  if (typeof condition !== 'boolean') return condition;
  return condition ? ALWAYS : NEVER;
}

let matter: ReadonlySet<string> | undefined;

function rolesOf(caller: Caller | null): Roles {
  if (caller === null) return null;
  matter ??= rolesThatMatter();
  const known = matter;
  return new Set([...caller.roles].filter((name) => known.has(name)));
}

function rolesThatMatter(): ReadonlySet<string> {
  const rules = [...policies.values()].flatMap((policy) => policy.all);
  return new Set(rules.filter((rule) => rule.kind === 'role').map((rule) => rule.argument));
}

function anyRule(
  policy: Policy,
  source: Table,
  action: Action,
  roles: Roles,
  depth: number,
): Condition {
  const options = policy
    .rules(action)
    .map((rule) => ruleCondition(rule, policy, source, action, roles, depth));
  if (options.includes(true)) return true;
  const possible = options.filter((option) => typeof option !== 'boolean');
  return possible.length > 0 && anyOf(...possible);
}

function ruleCondition(
  rule: Rule,
  policy: Policy,
  source: Table,
  action: Action,
  roles: Roles,
  depth: number,
): Condition {
  if (rule.kind === 'parent') {
    const target = targetOf(columnOf(policy.table, rule.argument));
    const key = columnOf(source, rule.argument);
    return parentCondition(target, key, action, roles, depth);
  }
  if (rule.kind === 'owner' && roles !== null) {
    const column = columnOf(source, 'ownerId');
    return eq(column, parameter('callerId', column));
  }
  return isSatisfied(rule, roles);
}

function parentCondition(
  target: AnyTable | undefined,
  key: Column,
  action: Action,
  roles: Roles,
  depth: number,
): Condition {
  const policy = target && policyOf(target);
  if (!policy) return false;
  const name = `parent_${depth}`;
  const rows = aliasedTable(policy.table, name);
  const needed = action === 'list' || action === 'get' ? 'get' : 'update';
  const may = anyRule(policy, rows, needed, roles, depth + 1);
  if (typeof may === 'boolean') return may;
  const from = sql`${policy.table} as ${sql.identifier(name)}`;
  return exists(sql`(select 1 from ${from} where ${columnOf(rows, 'id')} = ${key} and ${may})`);
}
