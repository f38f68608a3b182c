-- What was shared is what the ledger says was shared: by event, and by partner. No partner gave back more
-- than it got, and a free ejection is one of a rental that costs nothing.
(select 'revenue ' || event_key || ' shares ' || coalesce(written.amount, 0) || ' but the ledger says '
        || coalesce(posted.amount, 0)
 from (select event_key, franchise_share + vendor_share as amount from revenue_distributions) as written
 full join (
   select journal.event_key, sum(line.debit - line.credit) as amount
   from ledger_lines as line join ledger_journals as journal on journal.id = line.journal_id
   where line.code = '5100' group by journal.event_key) as posted using (event_key)
 where coalesce(written.amount, 0) <> coalesce(posted.amount, 0) limit 20)
union all
(select 'partner ' || coalesce(written.partner_id, posted.partner_id) || ' has shares of '
        || coalesce(written.amount, 0) || ' but the ledger says ' || coalesce(posted.amount, 0)
 from (
   select partner_id, sum(amount) as amount from (
     select franchise_id as partner_id, franchise_share as amount from revenue_distributions
     union all select vendor_id, vendor_share from revenue_distributions) as share
   where amount <> 0 group by partner_id) as written
 full join (
   select owner_id as partner_id, sum(credit - debit) as amount
   from ledger_lines where code = '2200' group by owner_id) as posted using (partner_id)
 where coalesce(written.amount, 0) <> coalesce(posted.amount, 0) or written.amount < 0 limit 20)
union all
(select 'a free ejection of ' || ejection.business_day || ' belongs to rental ' || rental.code
        || ', which is ' || rental.status || ' and cost ' || rental.price
 from vendor_ejections as ejection join rentals as rental on rental.id = ejection.rental_id
 where rental.price <> 0
    or ejection.is_released <> (rental.status = 'CANCELLED' and rental.started_at is null) limit 20)
