select row_to_json(stored_answers) from stored_answers where id = :id::uuid
