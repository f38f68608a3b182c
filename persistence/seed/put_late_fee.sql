insert into late_fee_configurations
select * from json_populate_recordset(null::late_fee_configurations, :rows::json)
on conflict do nothing
