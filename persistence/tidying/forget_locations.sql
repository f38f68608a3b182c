-- Where riders were is kept for 30 days.
delete from rental_locations where ctid = any(array(
  select ctid from rental_locations where noted_at < now() - interval '30 days'
  limit :rows::bigint for update skip locked))
