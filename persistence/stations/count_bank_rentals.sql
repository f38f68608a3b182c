select count(*)::text from rentals where bank_id = :bank::uuid
