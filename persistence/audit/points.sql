select 'points liability (2400) is ' || liability || ' but riders hold ' || points || ' points'
from (select coalesce(sum(balance) filter (where code = '2400'), 0) as liability,
             coalesce(sum(balance) filter (where code = 'P200'), 0) as points
      from ledger_accounts) as held
where liability <> points * 10
