-- Which cabinets may talk to us, and how their slots are counted.
alter table stations add column port_one_offset integer not null default 25
  check (port_one_offset between 0 and 79);

-- A cabinet's account at the broker. The password is nowhere.
create table broker_accounts (
  cabinet text primary key,
  username text not null,
  sim text not null,
  issued_at timestamptz not null,
  issues integer not null check (issues >= 0),
  revoked_at timestamptz,
  provisioning_until timestamptz
) with (fillfactor = 85);
create unique index broker_accounts_username on broker_accounts (username);

-- Cabinets that called and that no station has.
create table strangers (
  cabinet text primary key,
  state text not null check (state in ('WAITING', 'APPROVED', 'REJECTED')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  calls bigint not null check (calls >= 0),
  door text not null check (door in ('mqtt', 'http', 'broker')),
  address text not null,
  sim text not null,
  hardware text not null check (length(hardware) <= 255),
  notes text not null check (length(notes) <= 500)
) with (fillfactor = 70);
create index strangers_seen on strangers (last_seen_at desc, cabinet);

-- Operators' commands know one more.
alter table device_commands drop constraint device_commands_kind_check;
alter table device_commands add constraint device_commands_kind_check
  check (kind in ('check', 'check_all', 'popup_sn', 'reboot', 'wifi_scan', 'wifi_connect', 'volume', 'mode',
                  'update_firmware', 'lock_slot', 'unlock_slot', 'sync_time', 'clear_cache',
                  'reset_hardware', 'load_ad'));
