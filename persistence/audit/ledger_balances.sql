select 'the ledger is off by ' || sum(debit) - sum(credit) || ' ' || commodity
from ledger_lines group by commodity having sum(debit) <> sum(credit)
union all
(select 'journal ' || journal.event_key || ' has ' || count(line.n) || ' of ' || journal.line_count
        || ' lines and is off by ' || coalesce(sum(line.debit) - sum(line.credit), 0)
 from ledger_journals as journal left join ledger_lines as line on line.journal_id = journal.id
 group by journal.id, journal.event_key, journal.line_count, line.commodity
 having coalesce(sum(line.debit) - sum(line.credit), 0) <> 0 or count(line.n) = 0
 limit 20)
