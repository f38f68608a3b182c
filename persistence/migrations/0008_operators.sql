-- The operators, their sessions, and the log of what people did.
create table operators (
  id uuid primary key,
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  name text not null,
  role text not null check (role in ('super_admin', 'admin', 'moderator', 'operator', 'finance')),
  is_active boolean not null,
  password_hash text not null check (password_hash like '$argon2id$%'),
  totp_secret text not null,
  totp_last_step bigint not null check (totp_last_step >= 0),
  failures integer not null check (failures >= 0),
  locked_until timestamptz,
  lock_minutes integer not null check (lock_minutes >= 0),
  created_by uuid,
  created_at timestamptz not null,
  last_login_at timestamptz
) with (fillfactor = 85);
create unique index operators_email on operators (email);

create table operator_sessions (
  id uuid primary key,
  operator_id uuid not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  authenticated_at timestamptz not null,
  ip text not null,
  user_agent text not null,
  refresh_hash text not null,
  previous_hash text,
  rotated_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  constraint operator_sessions_end check (expires_at > created_at)
);
create unique index operator_sessions_refresh_hash on operator_sessions (refresh_hash);
create index operator_sessions_of_operator on operator_sessions (operator_id, created_at desc);
create index operator_sessions_live on operator_sessions (expires_at) where revoked_at is null;

-- Who did what. Rows are numbered without gaps and chained: each row's hash is SHA-256 over the hash of the
-- row before it and its own text, so that a row that was changed, taken out or moved shows
-- (`chautari audit-log verify`). The head knows the last row, so that rows taken from the end show too, and
-- whoever adds rows locks it first: the program and its command line may write at once. Kept for ever: it
-- holds money actions too, which are kept five years at least.
create table audit_log (
  seq bigint primary key check (seq >= 1),
  id uuid not null,
  at timestamptz not null,
  actor_type text not null check (actor_type in ('user', 'admin', 'partner', 'system', 'device')),
  actor_id text not null,
  action text not null check (action <> ''),
  entity text not null,
  entity_id text not null,
  before json,
  after json,
  reason text,
  ip text,
  user_agent text,
  session_id uuid,
  request_id text,
  prev_hash bytea not null check (length(prev_hash) = 32),
  hash bytea not null check (length(hash) = 32)
);
create unique index audit_log_id on audit_log (id);
create index audit_log_of_actor on audit_log (actor_id, seq desc);
create index audit_log_of_entity on audit_log (entity, entity_id, seq desc);
create index audit_log_of_action on audit_log (action, seq desc);
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();

create table audit_head (
  is_the_only_row boolean primary key default true check (is_the_only_row),
  seq bigint not null check (seq >= 0),
  hash bytea not null check (length(hash) = 32)
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));
create trigger audit_head_stays before delete or truncate on audit_head
  for each statement execute function refuse_change();

-- A row as one unambiguous text: all columns but the hashes, null as null.
create function audit_text(place bigint, entry audit_log) returns text language sql stable as $$
  select json_build_array(
    place, entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_type, entry.actor_id,
    entry.action, entry.entity, entry.entity_id, entry.before::text, entry.after::text, entry.reason,
    entry.ip, entry.user_agent, entry.session_id, entry.request_id)::text
$$;
create function audit_link(link bytea, head bytea, entry text) returns bytea language sql immutable as $$
  select sha256(coalesce(link, head) || convert_to(entry, 'UTF8'))
$$;
-- Over rows in order: the hash of each, when `head` is the hash of the row before them.
create aggregate audit_chain(head bytea, entry text) (sfunc = audit_link, stype = bytea);
