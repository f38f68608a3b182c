insert into outbox (id, channel, recipient, template_id, variables, created_at, expires_at)
select id, channel, recipient, template_id, variables, created_at, expires_at
from json_populate_recordset(null::outbox, :rows::json)
on conflict (id) do nothing
