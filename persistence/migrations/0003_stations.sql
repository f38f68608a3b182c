-- Stations, their slots, and the banks.
create table stations (
  id uuid primary key,
  serial text not null check (length(serial) between 1 and 255),
  imei text not null check (length(imei) between 1 and 255),
  name text not null check (length(name) <= 100),
  address text not null,
  landmark text not null default '',
  description text not null default '',
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  total_slots integer not null check (total_slots between 1 and 80),
  opening_minute integer not null default -1 check (opening_minute between -1 and 1439),
  closing_minute integer not null default -1 check (closing_minute between -1 and 1439),
  is_maintenance boolean not null default false,
  is_deleted boolean not null default false,
  is_approved boolean not null default true,
  media json not null default '[]',
  amenities json not null default '[]',
  created_at timestamptz not null default now()
);
create unique index stations_serial on stations (serial);
create unique index stations_imei on stations (imei);

-- What the cabinet changes, apart from what an administrator changes: narrow rows, rewritten often.
create table station_states (
  station_id uuid primary key,
  is_online boolean not null,
  last_seen_at timestamptz not null,
  online_since timestamptz not null,
  hardware json not null default '{}'
) with (fillfactor = 50);

create table station_status_history (
  station_id uuid not null,
  changed_at timestamptz not null,
  previous text not null check (previous in ('ONLINE', 'OFFLINE', 'MAINTENANCE')),
  status text not null check (status in ('ONLINE', 'OFFLINE', 'MAINTENANCE')),
  seconds_in_previous bigint not null check (seconds_in_previous >= 0),
  triggered_by text not null check (triggered_by in ('SYNC', 'HEARTBEAT', 'MANUAL', 'TIMEOUT'))
);
create index station_status_history_station on station_status_history (station_id, changed_at);

create table station_slots (
  station_id uuid not null,
  number integer not null check (number between 1 and 80),
  status text not null check (status in ('AVAILABLE', 'OCCUPIED', 'MAINTENANCE', 'ERROR')),
  device_code integer not null,
  battery integer not null check (battery between -1 and 100),
  temperature integer not null,
  voltage integer not null,
  current integer not null,
  sensors integer not null,
  faults_in_a_row integer not null check (faults_in_a_row >= 0),
  is_disabled boolean not null,
  updated_at timestamptz not null,
  primary key (station_id, number)
) with (fillfactor = 60);

-- A bank is in one slot, with one rider, or nowhere we know.
create table power_banks (
  id uuid primary key,
  serial bigint not null check (serial between 1 and 4294967294),
  status text not null
    check (status in ('AVAILABLE', 'RESERVED', 'RENTED', 'MAINTENANCE', 'DAMAGED', 'MISSING', 'LOST',
                      'QUARANTINED')),
  battery integer not null check (battery between -1 and 100),
  cycles integer not null check (cycles >= 0),
  rentals integer not null check (rentals >= 0),
  ejections integer not null check (ejections >= 0),
  station_id uuid,
  slot integer check (slot between 1 and 80),
  rental_id uuid,
  constraint power_banks_place_is_whole check ((station_id is null) = (slot is null)),
  constraint power_banks_rented_is_out check (status <> 'RENTED' or station_id is null),
  -- Checked at the end of each statement, so that one statement may let two banks change places.
  constraint power_banks_one_per_slot unique (station_id, slot) deferrable initially immediate
) with (fillfactor = 60);
create unique index power_banks_serial on power_banks (serial);

create table battery_cycles (
  bank_id uuid not null,
  rental_id uuid not null,
  start_battery integer not null check (start_battery between 0 and 100),
  end_battery integer not null check (end_battery between 0 and 100),
  ended_at timestamptz not null,
  primary key (rental_id, bank_id),
  constraint battery_cycles_above_zero check (start_battery > end_battery)
);

create table favourites (
  rider_id uuid not null,
  station_id uuid not null,
  added_at timestamptz not null,
  primary key (rider_id, station_id)
);
