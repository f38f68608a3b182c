-- The records of the batch that are new. Waits for a transaction that holds one of the same ids, so a batch
-- repeated after a lost connection learns what became of its first attempt.
insert into journal (record_id)
select * from unnest($1::uuid[])
on conflict do nothing
returning record_id::text
