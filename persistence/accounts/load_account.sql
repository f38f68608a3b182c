select row_to_json(facts) from (
  select
    rider as "user",
    coalesce(funds.cash, 0) as cash, coalesce(funds.goodwill, 0) as goodwill, coalesce(funds.held, 0) as held,
    coalesce(funds.points, 0) as points, coalesce(funds.points_earned, 0) as points_earned,
    coalesce(funds.topup, 0) as topup,
    running.id as open_rental, running.status as open_status,
    unpaid.id as unpaid_rental, unpaid.due as unpaid,
    (select count(*) from rentals
     where rider_id = rider.id and bonus_awarded
       and ended_at >= :today::timestamptz and ended_at < :tomorrow::timestamptz) as bonuses_today,
    (select json_agg(answer) from (
       select * from stored_answers
       where owner_id = rider.id and created_at > :since::timestamptz
       order by created_at desc limit :answers_max::integer) as answer) as answers,
    (select json_agg(station_id order by added_at desc, station_id) from favourites
     where rider_id = rider.id) as favourites
  from users as rider
  left join lateral (
    select max(balance) filter (where code = '2000') as cash,
           max(balance) filter (where code = '2001') as goodwill,
           max(balance) filter (where code = '2010') as held,
           max(balance) filter (where code = 'P200') as points,
           max(received) filter (where code = 'P200') as points_earned,
           max(received) filter (where code = '2000') as topup
    from ledger_accounts
    where owner_id = rider.id and owner_id <> '00000000-0000-0000-0000-000000000000') as funds on true
  left join lateral (
    select id, status from rentals where rider_id = rider.id and is_open) as running on true
  left join lateral (
    select id, due from rentals where rider_id = rider.id and due > 0 and not is_open
    order by created_at desc limit 1) as unpaid on true
  where rider.id = :rider::uuid
) as facts
