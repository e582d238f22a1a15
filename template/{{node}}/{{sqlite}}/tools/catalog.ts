/** What SQLite tells about its schema, one part a line. */

/** Queries that answer one line a row; those that begin with `create` are whole tables. */
export const CATALOG = [
  `select 'column of ' || t.name || ': ' || c.name || ' ' || lower(c.type) ||
     case when c."notnull" then ' not null' else '' end
   from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'`,
  `select 'key of ' || t.name || ': ' || (select group_concat(name, ', ') from
     (select name from pragma_table_info(t.name) where pk > 0 order by pk))
   from sqlite_master t where t.type = 'table'`,
  `select 'reference of ' || t.name || ': ' || f."from" || ' to ' || f."table" || '.' || f."to" ||
     ' on delete ' || lower(f.on_delete)
   from sqlite_master t join pragma_foreign_key_list(t.name) f where t.type = 'table'`,
  `select case when i."unique" then 'unique' else 'index' end || ' of ' || t.name || ': ' ||
     i.name || ' (' || (select group_concat(name, ', ') from
     (select name from pragma_index_info(i.name) order by seqno)) || ')'
   from sqlite_master t join pragma_index_list(t.name) i
   where t.type = 'table' and i.origin = 'c'`,
  `select 'create ' || name || ': ' || sql from sqlite_master where type = 'table'`,
];

/** Returns the lines in `text`: a table has one for each of its named checks. */
export function checksIn(text: string): string[] {
  const [, table, statement] = /^create (\w+): (.*)$/s.exec(text) ?? [];
  if (statement === undefined) return [text];
  const checks = statement.matchAll(/CONSTRAINT "([^"]+)" CHECK/g);
  return [...checks].map(([, name]) => `check of ${table}: ${name}`);
}

/** Returns a type as the catalog has it. */
export function storedType(type: string): string {
  return type;
}
