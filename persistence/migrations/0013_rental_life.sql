-- The whole life of a rental: more time, another bank, places, issues, and what only some rentals have.

-- What a rental that was started and brought back in time has none of is one document: a start costs
-- nothing more for it. Null: nothing.
alter table rentals add column life json;

-- Rentals of before: what was paid of their late fees, and what became of those whose bank never came out.
update rentals as rental
set life = json_build_object(
  'charges', 1, 'paid_later', late_fee_charged - due,
  'payments', (select count(*) - 1 from rental_payments where rental_id = rental.id))
where not is_open and late_fee_charged > 0;
insert into rental_charges (rental_id, kind, n, amount, basis)
select id, 'ADJUSTMENT', 0, -price, '{"why":"the bank never came out"}'
from rentals where status = 'CANCELLED' and price > 0;
update rentals set life = json_build_object(
  'charges', 1, 'payments', 1, 'adjustment', -price, 'paid_later', -price)
where status = 'CANCELLED' and price > 0;

alter table transactions drop constraint transactions_kind_check;
alter table transactions add constraint transactions_kind_check
  check (kind in ('TOPUP', 'RENTAL', 'RENTAL_DUE', 'REFUND', 'ADJUSTMENT', 'EXTENSION', 'LATE_FEE', 'FINE'));

create table rental_extensions (
  id uuid primary key,
  rental_id uuid not null,
  package_id uuid not null,
  created_by uuid not null,
  extended_minutes integer not null check (extended_minutes >= 1),
  cost bigint not null check (cost >= 0),
  extended_at timestamptz not null
);
create index rental_extensions_of_rental on rental_extensions (rental_id);
create index rental_extensions_package on rental_extensions (package_id);

create table rental_swaps (
  rental_id uuid not null,
  n integer not null check (n >= 1),
  rider_id uuid not null,
  station_id uuid not null,
  old_bank_id uuid not null,
  new_bank_id uuid not null,
  old_slot integer not null check (old_slot between 0 and 80),
  new_slot integer not null check (new_slot between 0 and 80),
  old_battery integer not null check (old_battery between -1 and 100),
  new_battery integer not null check (new_battery between -1 and 100),
  reason text not null check (reason in ('LOW_BATTERY', 'DEFECTIVE', 'WRONG_CABLE', 'OTHER')),
  description text not null check (length(description) <= 500),
  swapped_at timestamptz not null,
  primary key (rental_id, n),
  constraint rental_swaps_two_banks check (old_bank_id <> new_bank_id)
);
create index rental_swaps_of_rider on rental_swaps (rider_id, swapped_at);

-- Where the rider's phone was; persistence/tidying forgets it after 30 days.
create table rental_locations (
  rental_id uuid not null,
  noted_at timestamptz not null,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  accuracy_m double precision not null check (accuracy_m >= 0),
  primary key (rental_id, noted_at)
);
create index rental_locations_noted on rental_locations (noted_at);

create table rental_issues (
  id uuid primary key,
  rental_id uuid not null,
  reporter_id uuid not null,
  issue_type text not null
    check (issue_type in ('POWER_BANK_DAMAGED', 'POWER_BANK_LOST', 'CHARGING_ISSUE', 'RETURN_ISSUE')),
  description text not null check (length(description) between 10 and 255),
  images json not null check (json_array_length(images) <= 5),
  is_resolved boolean not null,
  notes text not null check (length(notes) <= 500),
  reported_at timestamptz not null,
  updated_at timestamptz not null,
  resolved_at timestamptz,
  is_deleted boolean not null,
  constraint rental_issues_resolved_has_a_time check (not is_resolved or resolved_at is not null)
) with (fillfactor = 85);
-- The same thing is reported once, until it is dealt with.
create unique index rental_issues_one_open on rental_issues (rental_id, issue_type)
  where not is_resolved and not is_deleted;
create index rental_issues_of_rental on rental_issues (rental_id);
create index rental_issues_of_reporter on rental_issues (reporter_id, reported_at desc, id desc)
  where not is_deleted;
create index rental_issues_reported on rental_issues (reported_at desc, id desc) where not is_deleted;

-- An issue with what its readers want to see beside it.
create view rental_issue_rows as
select issue.*, rental.code as rental_code, rental.station_name, rental.bank_serial,
       rider.username as reporter_name
from rental_issues as issue
  left join rentals as rental on rental.id = issue.rental_id
  left join users as rider on rider.id = issue.reporter_id;

-- What the books say about a rental is one range of the keys ("rental:<id>:..."), if they are in the
-- order of their bytes. That saves the books an index by rental.
alter table ledger_journals alter column event_key type text collate "C";

-- What cabinets said about single banks: a hundredth of the inbox. The rest is found by its time.
create index cabinet_reports_about_banks on cabinet_reports (cabinet, received_at)
  where frame_type in (40, 49, 64) or door = 'http';
