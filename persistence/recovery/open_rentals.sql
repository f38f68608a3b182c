copy (select row_to_json(rentals) from rentals where is_open order by created_at, id) to stdout
