copy (select row_to_json(operators) from operators order by created_at, id) to stdout
