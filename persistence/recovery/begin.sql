-- All that follows sees one moment. Large tables take their time.
begin isolation level repeatable read read only;
set local statement_timeout = 0;
