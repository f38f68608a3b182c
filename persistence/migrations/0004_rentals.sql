-- Prices, and rentals with everything that is owed, paid and decided about them. Amounts are integer paisa.
create table rental_packages (
  id uuid primary key,
  name text not null check (length(name) <= 100),
  description text not null default '' check (length(description) <= 255),
  duration_minutes integer not null check (duration_minutes >= 1),
  price bigint not null check (price >= 0),
  type text not null check (type in ('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY')),
  model text not null check (model in ('PREPAID', 'POSTPAID')),
  is_active boolean not null default true
);

create table late_fee_configurations (
  id uuid primary key,
  name text not null check (length(name) <= 100),
  kind text not null check (kind in ('MULTIPLIER', 'FLAT_RATE', 'COMPOUND')),
  multiplier_hundredths integer not null check (multiplier_hundredths >= 0),
  flat_per_hour bigint not null default 0 check (flat_per_hour >= 0),
  grace_minutes integer not null default 0 check (grace_minutes >= 0),
  daily_cap bigint check (daily_cap >= 0),
  applies_to json not null default '[]',
  is_active boolean not null default false
);
create unique index late_fee_configurations_one_active on late_fee_configurations (is_active) where is_active;

create table rentals (
  id uuid primary key,
  code text not null check (code ~ '^[A-Z0-9]{8}$'),
  rider_id uuid not null,
  rider_name text not null,
  station_id uuid not null,
  station_serial text not null,
  station_name text not null,
  cabinet text not null,
  slot integer not null check (slot between 0 and 80),
  bank_id uuid,
  bank_serial bigint not null,
  bank_ejections integer not null,
  start_battery integer not null,
  package json not null,
  late_fee json not null,
  mode text not null check (mode in ('wallet', 'points', 'wallet_points', 'direct')),
  price bigint not null check (price >= 0),
  paid_cash bigint not null check (paid_cash >= 0),
  paid_goodwill bigint not null check (paid_goodwill >= 0),
  paid_points bigint not null check (paid_points >= 0),
  payment_id uuid,
  status text not null
    check (status in ('PENDING', 'PENDING_POPUP', 'ACTIVE', 'OVERDUE', 'COMPLETED', 'CANCELLED')),
  is_open boolean not null,
  closure text not null
    check (closure in ('NONE', 'RETURNED', 'LOST', 'FORCED', 'EJECT_FAILED', 'USER', 'ADMIN')),
  ejection_uncertain boolean not null,
  cancel_requested boolean not null,
  publishes integer not null check (publishes between 0 and 2),
  created_at timestamptz not null,
  started_at timestamptz,
  due_at timestamptz,
  ended_at timestamptz,
  return_station_id uuid,
  return_station_name text not null,
  return_slot integer not null,
  return_battery integer not null,
  on_time boolean not null,
  under_5_minutes boolean not null,
  late_fee_charged bigint not null check (late_fee_charged >= 0),
  due bigint not null check (due >= 0),
  bonus_awarded boolean not null,
  started_by uuid,
  start_body_hash bigint not null,
  revision bigint not null,
  constraint rentals_open_is_the_status check (is_open = (status not in ('COMPLETED', 'CANCELLED'))),
  constraint rentals_end_after_start check (started_at is null or ended_at is null or ended_at >= started_at),
  constraint rentals_out_has_a_bank check (status not in ('ACTIVE', 'OVERDUE') or bank_id is not null)
) with (fillfactor = 60);
create unique index rentals_code on rentals (code);
create unique index rentals_one_open_per_rider on rentals (rider_id) where is_open;
create unique index rentals_one_open_per_bank on rentals (bank_id) where is_open;
create index rentals_of_rider on rentals (rider_id, created_at desc, id desc);
create index rentals_unpaid on rentals (rider_id) where due > 0 and not is_open;

create table rental_log (
  rental_id uuid not null,
  revision bigint not null,
  n integer not null,
  kind text not null,
  rule text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  data json not null,
  primary key (rental_id, revision, n)
);

create table rental_charges (
  rental_id uuid not null,
  kind text not null
    check (kind in ('BASE', 'EXTENSION', 'LATE_FEE', 'CANCEL_FEE', 'LOST_PENALTY', 'ADJUSTMENT')),
  n integer not null,
  amount bigint not null,
  basis json not null,
  primary key (rental_id, kind, n),
  constraint rental_charges_not_negative check (amount >= 0 or kind = 'ADJUSTMENT')
);

create table rental_payments (
  rental_id uuid not null,
  n integer not null,
  transaction_id uuid,
  cash bigint not null,
  goodwill bigint not null,
  points bigint not null,
  is_refund boolean not null,
  primary key (rental_id, n),
  constraint rental_payments_sign check (
    (is_refund and cash <= 0 and goodwill <= 0 and points <= 0) or
    (not is_refund and cash >= 0 and goodwill >= 0 and points >= 0))
);

create trigger rental_log_append_only before update or delete or truncate on rental_log
  for each statement execute function refuse_change();
