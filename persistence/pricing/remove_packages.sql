-- What discounts or extensions refer to stays: the writer counts and refuses. Whether a rental does was asked
-- before.
delete from rental_packages as package
using json_to_recordset($1::json) as gone(id uuid)
where package.id = gone.id
  and not exists (select from station_discounts where package_id = package.id)
  and not exists (select from rental_extensions where package_id = package.id)
