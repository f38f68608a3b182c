-- Double entry in integer minor units: NPR in paisa, PTS in points.
--
-- A line names its account by code, owner and commodity. Riders' accounts (2000, 2001, 2010, 1200, P200) have
-- a balance each; all others roll up under the nil owner, so that no event waits for a hot row: a batch adds
-- to each of them once.
create table ledger_accounts (
  code text not null,
  owner_id uuid not null,
  commodity text not null check (commodity in ('NPR', 'PTS')),
  normal text not null check (normal in ('D', 'C')),
  balance bigint not null,
  -- Credits that came from outside the books: top-ups (against 1000.x) and points earned (against P100.x).
  -- Only grows.
  received bigint not null default 0 check (received >= 0),
  allow_negative boolean not null,
  primary key (code, owner_id, commodity),
  constraint ledger_accounts_not_negative check (allow_negative or balance >= 0)
) with (fillfactor = 50);
create index ledger_accounts_owner on ledger_accounts (owner_id)
  where owner_id <> '00000000-0000-0000-0000-000000000000';

create table ledger_journals (
  id uuid primary key,
  event_type text not null,
  event_key text not null,
  occurred_at timestamptz not null,
  posted_at timestamptz not null default now(),
  rider_id uuid,
  rental_id uuid,
  memo text not null,
  line_count integer not null check (line_count >= 2)
);
create unique index ledger_journals_event_key on ledger_journals (event_key);

create table ledger_lines (
  journal_id uuid not null,
  n integer not null check (n >= 1),
  code text not null,
  owner_id uuid not null,
  commodity text not null check (commodity in ('NPR', 'PTS')),
  debit bigint not null check (debit >= 0),
  credit bigint not null check (credit >= 0),
  balance_after bigint,  -- Of riders' accounts; null for the house's.
  primary key (journal_id, n),
  constraint ledger_lines_one_side check ((debit > 0) <> (credit > 0))
);

-- Lines arrive with their journal, in one statement. Since (journal, n) is unique, line_count lines whose
-- last number is line_count are all the lines this journal can ever have: looking at the new rows is enough.
create function ledger_lines_balance() returns trigger language plpgsql as $$
declare
  broken uuid;
  lopsided boolean;
begin
  select whole.journal_id, whole.is_lopsided into broken, lopsided
  from (select journal_id, sum(lines) as lines, max(last) as last, bool_or(difference <> 0) as is_lopsided
        from (select journal_id, commodity, count(*) as lines, max(n) as last,
                     sum(debit - credit) as difference
              from added group by journal_id, commodity) as side
        group by journal_id) as whole
  left join ledger_journals on ledger_journals.id = whole.journal_id
  where whole.is_lopsided or ledger_journals.id is null or lines <> line_count or last <> line_count
  order by whole.is_lopsided desc limit 1;
  if not found then
    return null;
  elsif lopsided then
    raise exception 'journal % does not balance', broken
      using errcode = 'check_violation', constraint = 'ledger_journals_balance';
  else
    raise exception 'journal % is not complete', broken
      using errcode = 'check_violation', constraint = 'ledger_journals_complete';
  end if;
  return null;
end $$;
create trigger ledger_lines_balance after insert on ledger_lines
  referencing new table as added for each statement execute function ledger_lines_balance();

create function ledger_journals_have_lines() returns trigger language plpgsql as $$
declare
  broken uuid;
begin
  select id into broken from added
  where not exists (select from ledger_lines where journal_id = added.id) limit 1;
  if found then
    raise exception 'journal % has no lines', broken
      using errcode = 'check_violation', constraint = 'ledger_journals_complete';
  end if;
  return null;
end $$;
create trigger ledger_journals_have_lines after insert on ledger_journals
  referencing new table as added for each statement execute function ledger_journals_have_lines();

create trigger ledger_journals_append_only before update or delete or truncate on ledger_journals
  for each statement execute function refuse_change();
create trigger ledger_lines_append_only before update or delete or truncate on ledger_lines
  for each statement execute function refuse_change();

-- What riders see of the movements.
create table transactions (
  id uuid primary key,
  code text not null,
  rider_id uuid not null,
  rental_id uuid,
  kind text not null check (kind in ('TOPUP', 'RENTAL', 'RENTAL_DUE', 'REFUND', 'ADJUSTMENT')),
  status text not null check (status in ('PENDING', 'SUCCESS', 'FAILED', 'REFUNDED')),
  method text not null check (method in ('WALLET', 'POINTS', 'COMBINATION', 'GATEWAY')),
  amount bigint not null check (amount >= 0),
  wallet_part bigint not null check (wallet_part >= 0),
  points_used bigint not null check (points_used >= 0),
  journal_id uuid,
  created_at timestamptz not null
) with (fillfactor = 85);
create unique index transactions_code on transactions (code);
create index transactions_of_rider on transactions (rider_id, created_at desc, id desc);
