/** What rules and tables say about the errors that an endpoint can answer. */

import { type AnyTable, tableConfig } from '../../columns.ts';
import type { Code } from '../../errors.ts';
import { type Action, type Policy, policyOf, type Rule } from '../access.ts';
import { jsonName } from '../casing.ts';
import { columnOf, referencesTo, tableOf, targetOf } from '../tables.ts';

const READING = new Set<Action>(['list', 'get']);
// Every account passes these, whichever row it is.
const OPEN_TO_ACCOUNTS = new Set<Rule['kind']>(['public', 'authenticated']);

const WORDS: Readonly<Record<Rule['kind'], (argument: string, action: Action) => string>> = {
  public: () => 'everybody',
  authenticated: () => 'every account',
  // Whoever creates a row owns it.
  owner: (_, action) => (action === 'create' ? 'every account' : 'the owner of the row'),
  role: (name) => `accounts with the role \`${name}\``,
  parent: (attribute, action) => {
    const verb = READING.has(action) ? 'read' : 'change';
    return `whoever may ${verb} the row that \`${jsonName(attribute)}\` names`;
  },
};

/** In words, whom the rules of `action` let in. */
export function whoMay(policy: Policy, action: Action): string {
  const people = policy.rules(action).map((rule) => WORDS[rule.kind](rule.argument, action));
  return `Open to ${[...new Set(people)].join(' and ')}.`;
}

/** Whether somebody without an account is let in to some row. */
export function isOpen(policy: Policy, action: Action): boolean {
  return policy
    .rules(action)
    .some(
      (rule) =>
        rule.kind === 'public' ||
        (rule.kind === 'parent' && isOpen(...parentOf(policy, rule.argument, action))),
    );
}

/** Whether some account is answered 403 rather than what it asks for. */
export function mayBeForbidden(policy: Policy, action: Action): boolean {
  if (needsRole(policy, action)) return true;
  if (READING.has(action)) return false;
  if (action !== 'create' && !readsImply(policy, action)) return true;
  if (action === 'delete') return false;
  // Whoever creates a row owns it; a patch of one's own can still name a parent of somebody else.
  const isSettled = policy
    .rules(action)
    .some(({ kind }) => OPEN_TO_ACCOUNTS.has(kind) || (kind === 'owner' && action === 'create'));
  return !isSettled && canMissParent(policy, action);
}

/** The codes of the 409 that `action` can be answered. */
export function conflicts(policy: Policy, action: Action): Code[] {
  const isWrite = action === 'create' || action === 'update';
  const isUnique = tableConfig(policy.table).uniqueConstraints.length > 0;
  const isKept = action === 'delete' && canBeKept(policy.table, new Set());
  return [
    ...(action === 'update' ? (['VERSION_MISMATCH'] as const) : []),
    ...(isKept || (isWrite && isUnique) ? (['CONFLICT'] as const) : []),
  ];
}

/** Whether an account without any role is let in to no row at all. */
function needsRole(policy: Policy, action: Action): boolean {
  return policy
    .rules(action)
    .every(
      (rule) =>
        rule.kind === 'role' ||
        (rule.kind === 'parent' && needsRole(...parentOf(policy, rule.argument, action))),
    );
}

function parentOf(policy: Policy, attribute: string, action: Action): [Policy, Action] {
  const target = targetOf(columnOf(policy.table, attribute));
  const parent = target && policyOf(target);
  if (!parent) throw new TypeError(`${attribute} points to an account, which is no parent`);
  return [parent, READING.has(action) ? 'get' : 'update'];
}

/** Whether every account that may read a row may also do `action` with it. */
function readsImply(policy: Policy, action: Action): boolean {
  const rules = policy.rules(action);
  if (rules.some((rule) => OPEN_TO_ACCOUNTS.has(rule.kind))) return true;
  return policy
    .rules('get')
    .every(
      (rule) =>
        rules.some((other) => other.kind === rule.kind && other.argument === rule.argument) &&
        (rule.kind !== 'parent' || readsImply(...parentOf(policy, rule.argument, action))),
    );
}

function canMissParent(policy: Policy, action: Action): boolean {
  return policy
    .parents(action)
    .some(
      (attribute) =>
        !columnOf(policy.table, attribute).notNull ||
        !readsImply(...parentOf(policy, attribute, action)),
    );
}

/** Whether other rows can keep a row of `table` from being deleted. */
function canBeKept(table: AnyTable, seen: Set<AnyTable>): boolean {
  seen.add(table);
  return referencesTo(table).some(({ column, onDelete }) => {
    if (onDelete === 'restrict' || onDelete === undefined) return true;
    const other = tableOf(column);
    return onDelete === 'cascade' && !seen.has(other) && canBeKept(other, seen);
  });
}
