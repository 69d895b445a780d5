import { items, parseFieldPath } from './field-path.ts';

/** Configured lists of the members that a tenant may see, and of those that are hidden from it. */
export interface FieldLists {
  /**
   * Members that are hidden. A bare name (`ssn`) blocks members of this name at every depth; a path
   * (`user.ssn`) blocks the member at the path with everything in it. Arrays on the path are entered with or
   * without `[*]`. default: no member is hidden
   */
  readonly blocked?: readonly string[];
  /**
   * If not empty, the only members that are shown, with everything in them. Paths begin at the root and enter
   * an array by `[*]` only. default: all members are shown
   */
  readonly allowed?: readonly string[];
}

export interface AllowRule {
  /** Whether everything from this point on is allowed. */
  whole: boolean;
  readonly members: Map<string, AllowRule>;
  items?: AllowRule;
}

export interface BlockRule {
  blocked: boolean;
  readonly members: Map<string, BlockRule>;
}

export interface FieldRules {
  readonly allow: AllowRule;
  readonly block: BlockRule;
  readonly blockedNames: ReadonlySet<string>;
}

/**
 * Combines lists: a member is shown only if every list allows it and none blocks it.
 * @throws {TypeError} with the reason, when a path is malformed
 */
export function fieldRules(lists: readonly FieldLists[]): FieldRules {
  const allow = lists.map(allowRule).reduce(allowedByBoth);
  const block: BlockRule = { blocked: false, members: new Map() };
  const blockedNames = new Set<string>();
  for (const path of lists.flatMap(({ blocked = [] }) => blocked)) {
    const names = parseFieldPath(path).filter((step) => step !== items);
    if (names.length === 1) blockedNames.add(names[0] as string);
    else addBlocked(block, names);
  }
  return { allow, block, blockedNames };
}

function allowRule({ allowed = [] }: FieldLists): AllowRule {
  const root: AllowRule = { whole: allowed.length === 0, members: new Map() };
  for (const path of allowed) addAllowed(root, path);
  return root;
}

function allowedByBoth(one: AllowRule, other: AllowRule): AllowRule {
  if (one.whole) return other;
  if (other.whole) return one;
  const both: AllowRule = { whole: false, members: new Map() };
  for (const [name, rule] of one.members) {
    const otherRule = other.members.get(name);
    if (otherRule) both.members.set(name, allowedByBoth(rule, otherRule));
  }
  if (one.items && other.items) both.items = allowedByBoth(one.items, other.items);
  return both;
}

function addAllowed(root: AllowRule, path: string): void {
  let rule = root;
  for (const step of parseFieldPath(path)) {
    const known = step === items ? rule.items : rule.members.get(step);
    const next: AllowRule = known ?? { whole: false, members: new Map() };
    if (step === items) rule.items = next;
    else rule.members.set(step, next);
    rule = next;
  }
  rule.whole = true;
}

function addBlocked(root: BlockRule, names: readonly string[]): void {
  let rule = root;
  for (const name of names) {
    const next = rule.members.get(name) ?? { blocked: false, members: new Map() };
    rule.members.set(name, next);
    rule = next;
  }
  rule.blocked = true;
}
