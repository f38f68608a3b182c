-- One is in force at most: those that end come before the one that begins. Nothing but its end changes.
insert into station_partners
select * from json_populate_recordset(null::station_partners, $1::json) order by valid_until nulls last
on conflict (id) do update set valid_until = excluded.valid_until
where station_partners.valid_until is null
