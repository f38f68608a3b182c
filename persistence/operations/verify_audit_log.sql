-- The first row that is not as it must be, in words; none if all are.
with walked as (
  select entry.seq, row_number() over chain as place,
         entry.prev_hash = coalesce(lag(entry.hash) over chain, decode(repeat('00', 32), 'hex')) as follows,
         entry.hash = audit_link(null, entry.prev_hash, audit_text(entry.seq, entry)) as is_itself
  from audit_log as entry
  window chain as (order by entry.seq)
), first as (
  select * from walked where seq <> place or not follows or not is_itself order by seq limit 1
), tail as (
  select seq, hash from audit_log order by seq desc limit 1
)
select case when seq <> place then 'row ' || place || ' is missing: row ' || seq || ' comes in its place'
            when not is_itself then 'row ' || seq || ' is not what was written'
            else 'row ' || seq || ' does not follow the row before it' end
from first
union all
select case when head.seq is null then 'the head of the log is missing'
            when coalesce(tail.seq, 0) <> head.seq
              then 'the log ends with row ' || coalesce(tail.seq, 0) || ' but ' || head.seq || ' were written'
            else 'the head of the log is not the hash of row ' || head.seq end
from (select) as one left join audit_head as head on true left join tail on true
where not exists (select from first)
  and (head.seq is null or head.seq <> coalesce(tail.seq, 0)
       or head.hash <> coalesce(tail.hash, decode(repeat('00', 32), 'hex')))
