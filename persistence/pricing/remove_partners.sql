-- One that has or had a station stays: the writer counts and refuses.
delete from partners as partner
using json_to_recordset($1::json) as gone(id uuid)
where partner.id = gone.id and not exists (select from station_partners where partner_id = partner.id)
