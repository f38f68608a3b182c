copy (select row_to_json(amenities) from amenities where not is_deleted order by lower(name)) to stdout
