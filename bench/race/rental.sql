-- The competitor for rental cycles: a server that keeps nothing in memory and calls one stored function for a
-- start and one for a return, on our schema, with the rows, ledger lines and indexes of a cycle of ours.
--
-- It is a ceiling and not a rival, so what it has to do is less than what we do:
--  * no cabinet: nothing is sent and nobody answers, so there is no PENDING_POPUP image, no SENT, no second
--    transaction for ACTIVE (our cycle has four, this one two); the replies and reports of the cabinet are
--    written as rows all the same;
--  * the house's ledger accounts (2050, 2300, 4000) are no hot rows: race_settle adds them up afterwards;
--  * no HTTP, no JSON body, no token, no rate limit; no operator's map and no rider's feed hears of it;
--  * no discounts, points, debts, opening hours or bars: only that the rider is known, has no open rental
--    (a unique index) and can pay (a CHECK);
--  * two clients never want the same rider; banks and slots are taken with SKIP LOCKED.
-- When race_settle has run, `chautari audit` finds nothing.
create function race_numbered(kind integer, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;

create function race_start(rider_number bigint, stations integer) returns uuid language plpgsql as $$
declare
  rider users;
  place stations;
  somewhere uuid;
  bank power_banks;
  offer rental_packages;
  fee json;
  left_over bigint;
  rental uuid := gen_random_uuid();
  charge uuid := gen_random_uuid();
  earn uuid := gen_random_uuid();
  command uuid := gen_random_uuid();
  answer uuid := gen_random_uuid();
  code text := upper(substring(md5(rental::text) for 8));
  moment timestamptz := clock_timestamp();
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  select * into strict rider from users where id = race_numbered(5, rider_number) and status = 'ACTIVE';
  select * into strict offer from rental_packages where duration_minutes = 60 and is_active;
  select row_to_json(late_fee_configurations) into fee from late_fee_configurations where is_active;
  for attempt in 1..50 loop
    -- Apart, or it would be thrown anew for every row.
    somewhere := race_numbered(1, 1 + floor(random() * stations)::bigint);
    select * into bank from power_banks where station_id = somewhere and status = 'AVAILABLE'
    order by battery desc limit 1 for update skip locked;
    exit when found;
  end loop;
  select * into strict place from stations where id = bank.station_id;

  update ledger_accounts set balance = balance - offer.price
  where ledger_accounts.code = '2000' and owner_id = rider.id and commodity = 'NPR'
  returning balance into strict left_over;
  with entry as (
    insert into ledger_journals (id, event_type, event_key, occurred_at, rider_id, rental_id, memo,
                                 line_count)
    values (charge, 'rental-charge', 'rental:' || rental || ':charge', moment, rider.id, rental,
            'rental ordered', 2),
           (earn, 'rental-earn', 'rental:' || rental || ':earn', moment, rider.id, rental,
            'rental dispensed', 3)
  )
  insert into ledger_lines (journal_id, n, code, owner_id, commodity, debit, credit, balance_after) values
    (charge, 1, '2000', rider.id, 'NPR', offer.price, 0, left_over),
    (charge, 2, '2050', rental, 'NPR', 0, offer.price, null),
    (earn, 1, '2050', rental, 'NPR', offer.price, 0, null),
    (earn, 2, '4000', nobody, 'NPR', 0, offer.price - offer.price * 13 / 100, null),
    (earn, 3, '2300', nobody, 'NPR', 0, offer.price * 13 / 100, null);
  insert into transactions values (
    charge, 'TXN' || code, rider.id, rental, 'RENTAL', 'SUCCESS', 'WALLET', offer.price, offer.price, 0,
    charge, moment);

  insert into rentals values (
    rental, code, rider.id, rider.username, place.id, place.serial, place.name, place.imei, bank.slot,
    bank.id, bank.serial, bank.ejections + 1, bank.battery, row_to_json(offer), fee,
    'wallet_points', offer.price,
    offer.price, 0, 0, charge, 'ACTIVE', true, 'NONE', false, false, 1, moment, moment,
    moment + interval '1 hour', null, null, '', 0, -1, false, false, 0, 0, false, answer, 0, 2, null);
  insert into rental_log values
    (rental, 1, 0, 'rental-started', '4.8-2', moment, moment,
     json_build_object('bank', bank.serial::text, 'slot', bank.slot, 'price', '50.00', 'points', 0)),
    (rental, 2, 0, 'ejection-confirmed', '4.8-4', moment, moment,
     json_build_object('result', 'confirmed', 'bank', bank.serial::text, 'command', command, 'publishes', 1,
                       'reply_code', 1));
  insert into rental_charges values (
    rental, 'BASE', 0, offer.price,
    json_build_object('package', offer.id, 'duration_minutes', offer.duration_minutes));
  insert into rental_payments values (rental, 0, charge, offer.price, 0, 0, false);

  insert into device_commands (id, cabinet, kind, rental_id, bank_serial, slot, state, is_open, attempt,
                               issued_by, created_at, sent_at, replied_at, reply_code, reply_bank, body_hash)
  values (command, place.imei, 'popup_sn', rental, bank.serial, bank.slot, 'CONFIRMED', false, 1,
          'rider:' || rider.id, moment, moment, moment, 1, bank.serial, 0);
  insert into cabinet_reports values (gen_random_uuid(), place.imei, moment, 'mqtt', 49, 0,
                                      decode('a8000a3101000000000000000100', 'hex'), null);
  insert into cabinet_log (cabinet, occurred_at, recorded_at, kind, data) values (
    place.imei, moment, moment, 'ejection-confirmed',
    json_build_object('command', command, 'rental', rental, 'bank', bank.serial::text, 'slot', bank.slot,
                      'attempt', 1, 'code', 1, 'rule', '4.8-4'));
  update power_banks set status = 'RENTED', station_id = null, slot = null, rental_id = rental,
                         rentals = rentals + 1, ejections = ejections + 1
  where id = bank.id;
  update station_slots set status = 'AVAILABLE', device_code = 0, battery = -1, updated_at = moment
  where station_id = place.id and number = bank.slot;
  insert into stored_answers values (
    answer, rider.id, 'POST /api/rentals/start', 0, 201,
    json_build_object(
      'rental_id', rental, 'rental_code', code, 'status', 'ACTIVE',
      'user', json_build_object('id', rider.id, 'username', rider.username),
      'station', json_build_object('id', place.id, 'serial_number', place.serial, 'name', place.name),
      'power_bank', json_build_object('id', bank.id, 'serial_number', bank.serial::text,
                                      'battery_level', bank.battery),
      'package', json_build_object('id', offer.id, 'name', offer.name, 'price', '50.00'),
      'timing', json_build_object('started_at', moment, 'due_at', moment + interval '1 hour'))::text, moment);
  insert into journal (record_id) values (gen_random_uuid());
  return rental;
end $$;

create function race_return(rider_number bigint, stations integer) returns uuid language plpgsql as $$
declare
  mine rentals;
  place stations;
  somewhere uuid;
  free station_slots;
  charge_left integer;
  moment timestamptz := clock_timestamp();
begin
  select * into strict mine from rentals
  where rider_id = race_numbered(5, rider_number) and is_open for update;
  for attempt in 1..50 loop
    somewhere := race_numbered(1, 1 + floor(random() * stations)::bigint);
    select * into free from station_slots where station_id = somewhere and status = 'AVAILABLE'
    limit 1 for update skip locked;
    exit when found;
  end loop;
  select * into strict place from stations where id = free.station_id;
  charge_left := greatest(30, mine.start_battery - 9);

  update station_slots set status = 'OCCUPIED', device_code = 1, battery = charge_left, updated_at = moment
  where station_id = free.station_id and number = free.number;
  update power_banks set status = 'AVAILABLE', station_id = free.station_id, slot = free.number,
                         rental_id = null, battery = charge_left, cycles = cycles + 1
  where id = mine.bank_id;
  update rentals set status = 'COMPLETED', is_open = false, closure = 'RETURNED', ended_at = moment,
                     return_station_id = place.id, return_station_name = place.name,
                     return_slot = free.number, return_battery = charge_left, on_time = true,
                     under_5_minutes = true, revision = 3
  where id = mine.id;
  insert into rental_log values (
    mine.id, 3, 0, 'rental-returned', '3.9', moment, moment,
    json_build_object('told_by', '0x40', 'told_at', moment, 'station', place.serial, 'slot', free.number,
                      'late_fee', '0.00', 'due', '0.00', 'points', 0));
  insert into battery_cycles select mine.bank_id, mine.id, mine.start_battery, charge_left, moment
  where mine.start_battery > charge_left;
  insert into cabinet_reports values (gen_random_uuid(), place.imei, moment, 'mqtt', 64, 0,
                                      decode('a8000f40010149000000000001195a00', 'hex'),
                                      place.imei || ':' || mine.id);
  insert into cabinet_log (cabinet, occurred_at, recorded_at, kind, data) values (
    place.imei, moment, moment, 'bank-returned',
    json_build_object('rental', mine.id, 'bank', mine.bank_serial::text, 'slot', free.number));
  insert into journal (record_id) values (gen_random_uuid());
  return mine.id;
end $$;

-- The house's accounts, once for all that has happened.
create function race_settle() returns void language sql as $$
  insert into ledger_accounts (code, owner_id, commodity, normal, balance, received, allow_negative)
  select code, '00000000-0000-0000-0000-000000000000', 'NPR', 'C', sum(credit) - sum(debit), 0, true
  from ledger_lines where code in ('2050', '2300', '4000') group by code
  on conflict (code, owner_id, commodity) do update set balance = excluded.balance
$$;
