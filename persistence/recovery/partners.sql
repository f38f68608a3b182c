copy (select row_to_json(partners) from partners order by code) to stdout
