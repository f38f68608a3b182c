select count(*)::text from stations
where not is_deleted
  and amenities::jsonb @> jsonb_build_array(jsonb_build_object('id', :amenity::text))
