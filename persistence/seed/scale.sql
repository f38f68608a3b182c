-- Networks for measurements: stations, slots, a bank in every other slot, and riders with open rentals. Ids
-- are made from numbers, so that they are the same every time.
create function pg_temp.numbered(kind integer, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;
set statement_timeout = 0;
