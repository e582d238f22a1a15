/** What MySQL and MariaDB tell about their schema, one part a line. */

const constraint = (kind: string) => `from information_schema.table_constraints c
  where c.table_schema = database() and c.constraint_type = '${kind}'`;

/** Queries that answer one line a row. */
export const CATALOG = [
  `select concat('column of ', table_name, ': ', column_name, ' ', case
     when column_type = 'json' then 'longtext'
     when data_type in ('int', 'bigint', 'double') then data_type else column_type end,
     if(is_nullable = 'NO', ' not null', ''))
   from information_schema.columns where table_schema = database()`,
  `select concat('key of ', table_name, ': ', group_concat(column_name order by seq_in_index separator ', '))
   from information_schema.statistics
   where table_schema = database() and index_name = 'PRIMARY' group by table_name`,
  `select concat('reference of ', k.table_name, ': ', k.column_name, ' to ', k.referenced_table_name,
     '.', k.referenced_column_name, ' on delete ',
     replace(lower(r.delete_rule), 'no action', 'restrict'))
   from information_schema.key_column_usage k
   join information_schema.referential_constraints r
     on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
   where k.table_schema = database() and k.referenced_table_name is not null`,
  `select concat(if(non_unique, 'index of ', 'unique of '), table_name, ': ', index_name, ' (',
     group_concat(column_name order by seq_in_index separator ', '), ')')
   from information_schema.statistics s
   where table_schema = database() and index_name <> 'PRIMARY'
     and index_name not in (select c.constraint_name ${constraint('FOREIGN KEY')})
   group by table_name, index_name, non_unique`,
  // MariaDB checks by itself that JSON is valid, under the column's name.
  `select concat('check of ', c.table_name, ': ', c.constraint_name) ${constraint('CHECK')}
     and not exists (select 1 from information_schema.columns l where l.table_schema = database()
       and l.table_name = c.table_name and l.column_name = c.constraint_name)`,
];

/** Returns the lines in `text`: here it is one. */
export function checksIn(text: string): string[] {
  return [text];
}

/** Returns a type as the catalog has it. */
export function storedType(type: string): string {
  return type.replace(/^boolean$/, 'tinyint(1)').replace(/^json$/, 'longtext');
}
