select row_to_json(power_banks) from power_banks where serial = :serial::bigint
