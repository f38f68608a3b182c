select count(*)::text from vendor_ejections
where vendor_id = :vendor::uuid and station_id = :station::uuid and business_day = :day::integer
  and not is_released
