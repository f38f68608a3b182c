-- Rolled back: tells whether rows can be written. The table that grows fastest finds a full disk first; some
-- pages of rows need new pages, whatever room is left in the old ones.
insert into cabinet_reports (id, cabinet, received_at, door, frame_type, error, raw)
select gen_random_uuid(), 'probe', now(), 'mqtt', 0, 0, convert_to(repeat('p', 1500), 'UTF8')
from generate_series(1, 16)
