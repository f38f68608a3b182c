select json_build_object(
  'uses', count(*), 'confirmed', count(started_at), 'riders', count(distinct rider_id), 'saved', 0)
from (
  select rider_id, started_at from rentals where package ->> 'id' = :id
  union all
  select created_by, extended_at from rental_extensions where package_id = :id::uuid) as used
