/** The ways in which a policy lets callers in. */

export type Action = 'list' | 'get' | 'create' | 'update' | 'delete';

/** One way to be let in; `argument` is the role, or the attribute that names the parent. */
export interface Rule {
  readonly kind: 'public' | 'authenticated' | 'owner' | 'role' | 'parent';
  readonly argument: string;
}

/** The rules of each action: any of them lets in, none means nobody. */
export type Rules = Readonly<Partial<Record<Action, readonly Rule[]>>>;

/** The roles of a caller that matter; null stands for an anonymous one. */
export type Roles = ReadonlySet<string> | null;

export const publicAccess: Rule = { kind: 'public', argument: '' };
export const authenticated: Rule = { kind: 'authenticated', argument: '' };
export const owner: Rule = { kind: 'owner', argument: '' };

/** Returns the rule that lets in callers who have the role `name`. */
export function role(name: string): Rule {
  return { kind: 'role', argument: name };
}

/** Returns the rule that lets in whom the row that `attribute` names would let in. */
export function parent(attribute: string): Rule {
  return { kind: 'parent', argument: attribute };
}

/** Returns whether a rule that does not depend on the row lets in who has `roles`. */
export function isSatisfied(rule: Rule, roles: Roles): boolean {
  if (rule.kind === 'public' || roles === null) return rule.kind === 'public';
  return rule.kind === 'authenticated' || (rule.kind === 'role' && roles.has(rule.argument));
}
