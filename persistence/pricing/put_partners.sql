insert into partners select * from json_populate_recordset(null::partners, $1::json)
on conflict (id) do update set
  vendor = excluded.vendor, business_name = excluded.business_name, contact_phone = excluded.contact_phone,
  status = excluded.status, share_hundredths = excluded.share_hundredths
