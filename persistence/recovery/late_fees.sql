copy (select row_to_json(late_fee_configurations) from late_fee_configurations order by name, id) to stdout
