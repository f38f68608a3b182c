-- What passes between cabinets and us.
create table device_commands (
  id uuid primary key,
  cabinet text not null,
  kind text not null
    check (kind in ('check', 'check_all', 'popup_sn', 'reboot', 'wifi_scan', 'wifi_connect', 'volume', 'mode',
                    'update_firmware', 'lock_slot', 'unlock_slot', 'sync_time', 'clear_cache',
                    'reset_hardware')),
  rental_id uuid,
  bank_serial bigint not null,
  slot integer not null,
  state text not null
    check (state in ('QUEUED', 'SENT', 'OK', 'FAILED', 'TIMEOUT', 'CONFIRMED', 'REFUTED', 'EXPIRED',
                     'UNANSWERED', 'UNSUPPORTED')),
  is_open boolean not null,
  attempt integer not null check (attempt >= 1),
  issued_by text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  replied_at timestamptz,
  reply_code integer not null,
  reply_bank bigint not null,
  -- Of operators' commands. Secrets are masked before they come here.
  parameters json,
  reason text,
  result json,
  body_hash bigint not null,
  constraint device_commands_open_is_the_state check (is_open = (state in ('QUEUED', 'SENT')))
) with (fillfactor = 70);
create index device_commands_open on device_commands (cabinet) where is_open;
create index device_commands_of_cabinet on device_commands (cabinet, created_at desc, id desc);

-- The inbox, 15,000 rows a second at full load: one cheap block-range index, and one over the few reports
-- that may be told twice (returns).
create table cabinet_reports (
  id uuid not null,
  cabinet text not null,
  received_at timestamptz not null,
  door text not null check (door in ('mqtt', 'http', 'broker')),
  frame_type integer not null,
  error integer not null,
  raw bytea not null,
  dedupe_key text
);
create index cabinet_reports_received on cabinet_reports using brin (received_at);
create unique index cabinet_reports_dedupe_key on cabinet_reports (dedupe_key) where dedupe_key is not null;

create table cabinet_log (
  id bigint generated always as identity,
  cabinet text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  kind text not null,
  data json not null,
  primary key (cabinet, recorded_at, id)
);
create trigger cabinet_log_append_only before update or delete or truncate on cabinet_log
  for each statement execute function refuse_change();
