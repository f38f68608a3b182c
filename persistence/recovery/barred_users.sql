copy (select id from users where status in ('BANNED', 'DELETED')) to stdout
