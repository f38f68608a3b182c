-- The active one stays: the writer counts and refuses.
delete from late_fee_configurations as configuration
using json_to_recordset($1::json) as gone(id uuid)
where configuration.id = gone.id and not configuration.is_active
