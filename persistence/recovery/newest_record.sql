-- Milliseconds since 1970 of the newest record's id (UUIDv7: RFC 9562, 5.7), as text; no row: no record.
select ('x' || lpad(left(replace(record_id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint::text
from journal
where substr(record_id::text, 15, 1) = '7'
order by record_id desc
limit 1
