/** What PostgreSQL tells about its schema, one part a line. */

const OURS = "n.nspname = current_schema() and t.relkind = 'r'";
const TABLES = 'pg_class t join pg_namespace n on n.oid = t.relnamespace';
const ACTIONS = `case c.confdeltype when 'c' then 'cascade' when 'r' then 'restrict'
  when 'n' then 'set null' when 'd' then 'set default' else 'no action' end`;

const columnsOf = (
  keys: string,
  relation: string,
) => `(select string_agg(a.attname, ', ' order by k.at)
  from unnest(${keys}) with ordinality k(number, at)
  join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;

const constraints = (kind: string, line: string) => `select ${line}
  from ${TABLES} join pg_constraint c on c.conrelid = t.oid
  left join pg_class r on r.oid = c.confrelid
  where c.contype = '${kind}' and ${OURS}`;

/** Queries that answer one line a row. */
export const CATALOG = [
  `select 'column of ' || t.relname || ': ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
     || coalesce(' COLLATE "' || nullif(l.collname, 'default') || '"', '')
     || case when a.attnotnull then ' not null' else '' end
   from ${TABLES} join pg_attribute a on a.attrelid = t.oid
   left join pg_collation l on l.oid = a.attcollation
   where ${OURS} and a.attnum > 0 and not a.attisdropped`,
  constraints('p', `'key of ' || t.relname || ': ' || ${columnsOf('c.conkey', 'c.conrelid')}`),
  constraints(
    'u',
    `'unique of ' || t.relname || ': ' || c.conname || ' (' || ${columnsOf('c.conkey', 'c.conrelid')} || ')'`,
  ),
  constraints(
    'f',
    `'reference of ' || t.relname || ': ' || ${columnsOf('c.conkey', 'c.conrelid')} || ' to ' ||
     r.relname || '.' || ${columnsOf('c.confkey', 'c.confrelid')} || ' on delete ' || ${ACTIONS}`,
  ),
  constraints('c', `'check of ' || t.relname || ': ' || c.conname`),
  `select 'index of ' || t.relname || ': ' || x.relname || ' (' || (
     select string_agg(replace(pg_get_indexdef(i.indexrelid, k.at::int, true), '"', '')
       || case when k.option & 2 = 2 then ' nulls first' else '' end, ', ' order by k.at)
     from unnest(i.indoption::int[]) with ordinality k(option, at)) || ')'
   from ${TABLES} join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
   where ${OURS} and not i.indisunique`,
];

/** Returns the lines in `text`: here it is one. */
export function checksIn(text: string): string[] {
  return [text];
}

/** Returns a type as the catalog has it. */
export function storedType(type: string): string {
  return type.replace(/^varchar/, 'character varying').replace(/, /, ',');
}
