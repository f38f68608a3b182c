select json_build_object(
  'station', (select json_build_object(
                'id', station.id, 'serial', station.serial, 'name', station.name,
                'total_slots', station.total_slots,
                'port_one_offset', station.port_one_offset, 'is_online', coalesce(state.is_online, false),
                'last_seen_at', state.last_seen_at)
              from stations as station left join station_states as state on state.station_id = station.id
              where station.imei = :cabinet and not station.is_deleted),
  'open_commands', (select json_agg(command order by command.created_at, command.id)
                    from device_commands as command where command.cabinet = :cabinet and command.is_open))
