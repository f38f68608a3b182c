copy (select row_to_json(late_fee_configurations) from late_fee_configurations where is_active) to stdout
