-- Money that is to come from outside. A row is changed by whoever knows its version: what two want to claim,
-- one gets.
create table payment_intents (
  id uuid primary key,
  rider_id uuid not null,
  purpose text not null check (purpose in ('WALLET_TOPUP', 'RENTAL_PAYMENT', 'DUE_PAYMENT')),
  amount bigint not null check (amount > 0),
  method_id uuid not null,
  provider text not null,
  provider_ref text,
  paid bigint not null check (paid >= 0),
  status text not null check (status in ('CREATED', 'PENDING', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED',
                                         'REVIEW', 'REFUNDED')),
  is_late boolean not null,
  failure_code text,
  opened_by uuid not null,
  body_hash bigint not null,
  confirmed_by uuid,
  confirm_hash bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  completed_at timestamptz,
  order_snapshot json,
  order_status text not null check (order_status in ('NONE', 'PENDING', 'PROCESSING', 'SUCCESS', 'FAILED')),
  order_code text,
  order_rental_id uuid,
  version integer not null check (version >= 1),
  constraint payment_intents_order_has_a_snapshot check ((order_status = 'NONE') = (order_snapshot is null)),
  constraint payment_intents_paid_has_a_reference check (
    status not in ('COMPLETED', 'REVIEW', 'REFUNDED') or (provider_ref is not null and paid > 0)),
  constraint payment_intents_completed_is_paid_whole check (
    status <> 'COMPLETED' or is_late or paid = amount),
  constraint payment_intents_only_paid_orders_go_on check (
    order_status not in ('PROCESSING', 'SUCCESS') or status in ('COMPLETED', 'REFUNDED'))
) with (fillfactor = 80);
-- One payment pays one intent, which is found by it; one command opens one.
create unique index payment_intents_paid_once on payment_intents (provider_ref, provider)
  where provider_ref is not null;
create unique index payment_intents_opened_once on payment_intents (opened_by);
create index payment_intents_of_rider on payment_intents (rider_id, created_at desc, id desc);
create index payment_intents_newest on payment_intents (created_at desc, id desc);
create index payment_intents_live on payment_intents (expires_at)
  where status in ('CREATED', 'PENDING') or order_status in ('PENDING', 'PROCESSING');
