insert into broker_accounts select * from json_populate_recordset(null::broker_accounts, $1::json)
on conflict (cabinet) do update set
  username = excluded.username, sim = excluded.sim, issued_at = excluded.issued_at, issues = excluded.issues,
  revoked_at = excluded.revoked_at, provisioning_until = excluded.provisioning_until
