-- Operators' commands of all stations, newest first: only theirs have parameters.
create index device_commands_of_operators on device_commands (created_at desc, id desc)
where parameters is not null;
