select count(*)::text from rentals where station_id = :station::uuid and is_open
