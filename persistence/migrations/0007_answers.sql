-- What was answered to commands with an Idempotency-Key, and what is still to be told to people.
create table stored_answers (
  id uuid primary key,
  owner_id uuid not null,
  route text not null,
  body_hash bigint not null,
  status integer not null check (status = 0 or status between 100 and 599),
  data text not null,
  created_at timestamptz not null
) with (fillfactor = 60);
create index stored_answers_of_owner on stored_answers (owner_id, created_at desc);
create index stored_answers_created on stored_answers (created_at);

create table outbox (
  id uuid primary key,
  channel text not null check (channel in ('sms', 'mail')),
  recipient text not null,
  template_id text not null,
  variables json not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz
);
create index outbox_waiting on outbox (created_at) where sent_at is null;
create index outbox_expiry on outbox (expires_at);
