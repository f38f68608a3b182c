-- Was this very command given before, and when was the cabinet last told to restart? FAILED never left us.
select json_build_object(
  'same', (select row_to_json(command) from device_commands as command where command.id = :id::uuid),
  'rebooted_at', (select max(command.sent_at) from device_commands as command
                  where command.cabinet = :cabinet and command.created_at >= :since::timestamptz
                    and command.kind = 'reboot' and command.state <> 'FAILED'))
