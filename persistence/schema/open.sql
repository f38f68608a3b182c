-- One program at a time; the lock ends with the connection.
set statement_timeout = 0;
select pg_advisory_lock(1667784053);
create table if not exists schema_migrations (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
);
