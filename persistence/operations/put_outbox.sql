insert into outbox (id, channel, recipient, template_id, variables, created_at, expires_at)
select id, channel, recipient, template_id, variables, created_at, expires_at
from unnest($1::outbox[])
on conflict (id) do nothing
