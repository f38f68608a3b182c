insert into transactions select * from unnest($1::transactions[])
on conflict (id) do update set
  status = excluded.status, method = excluded.method, amount = excluded.amount,
  wallet_part = excluded.wallet_part, points_used = excluded.points_used, journal_id = excluded.journal_id
