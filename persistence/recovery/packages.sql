copy (select row_to_json(rental_packages) from rental_packages order by duration_minutes, price, id) to stdout
