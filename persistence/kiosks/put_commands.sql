insert into device_commands select * from unnest($1::device_commands[])
on conflict (id) do update set
  bank_serial = excluded.bank_serial, slot = excluded.slot, state = excluded.state,
  is_open = excluded.is_open, attempt = excluded.attempt, sent_at = excluded.sent_at,
  replied_at = excluded.replied_at, reply_code = excluded.reply_code, reply_bank = excluded.reply_bank,
  result = excluded.result
