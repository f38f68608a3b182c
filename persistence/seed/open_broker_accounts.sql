-- The cabinets of the demonstration may ask for a login within a day; one that has one keeps it.
insert into broker_accounts (cabinet, username, sim, issued_at, issues, provisioning_until)
select imei, imei, '', now(), 0, now() + interval '1 day'
from json_populate_recordset(null::stations, :rows::json)
on conflict (cabinet) do update set provisioning_until = excluded.provisioning_until
where broker_accounts.issues = 0 and broker_accounts.revoked_at is null
