-- The columns of our tables as their row types number them: what binary rows are made by.
select table_name.relname || ' ' || table_name.reltype::oid || ' ' || field.atttypid::oid
       || ' ' || field.attname
from pg_class as table_name
  join pg_attribute as field on field.attrelid = table_name.oid
where table_name.relkind = 'r' and pg_table_is_visible(table_name.oid)
  and table_name.relnamespace <> 'pg_catalog'::regnamespace
  and field.attnum > 0 and not field.attisdropped
order by table_name.oid, field.attnum
