-- Prices that operators change, and discounts of one package at one station.
alter table rental_packages add column metadata json;
alter table late_fee_configurations add column metadata json;

-- Was this package ever rented? Asked before one is removed, and never at a rental's start: an index that
-- costs a start nothing (a filter per range of pages, made when the pages are vacuumed).
create index rentals_package on rentals
  using brin ((package ->> 'id') text_bloom_ops (n_distinct_per_range = 64));

create table station_discounts (
  id uuid primary key,
  station_id uuid not null,
  package_id uuid not null,
  percent_hundredths integer not null check (percent_hundredths between 0 and 10000),
  total_uses_max integer check (total_uses_max >= 1),
  uses_per_user_max integer not null check (uses_per_user_max >= 1),
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  status text not null check (status in ('ACTIVE', 'INACTIVE', 'EXPIRED')),
  may_be_free boolean not null,
  used integer not null default 0 check (used >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  created_by text not null,
  created_at timestamptz not null,
  constraint station_discounts_begin_before_they_end check (valid_from < valid_until),
  constraint station_discounts_not_overdrawn check (used + reserved <= total_uses_max)
) with (fillfactor = 70);
create unique index station_discounts_one_per_package on station_discounts (station_id, package_id);

-- One order's claim; the discount's counters are the sums of these rows. A use goes on from reserved to
-- confirmed to released, never back.
create table discount_uses (
  discount_id uuid not null,
  rental_id uuid not null,
  rider_id uuid not null,
  state text not null check (state in ('RESERVED', 'CONFIRMED', 'RELEASED')),
  changed_at timestamptz not null,
  primary key (discount_id, rental_id)
) with (fillfactor = 85);
create index discount_uses_of_rider on discount_uses (rider_id, discount_id);
