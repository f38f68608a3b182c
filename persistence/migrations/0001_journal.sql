-- The journal: which records are stored. Storing a record twice is storing it once, because its id is here.
--
-- House rules of this schema
--  * One program writes, through one connection; the guards below repeat what its actors decide, so that a
--    bug is an error and not a double charge.
--  * No foreign keys on the write path: each would cost a trigger and a row lock for every row, and the audit
--    (persistence/audit) finds what they would have refused.
--  * Tables whose rows change often leave room in their pages (fillfactor) and index no column that changes
--    often, so that an update stays in its page (HOT) and touches no index. That is why rentals and commands
--    have `is_open`: indexes over open things look at it and not at the status.
--
-- Retention
--  * journal: a record is repeated only while its first fate is unknown, seconds at most; rows older than a
--    day serve nobody. stored_answers: 24 hours. otp_codes, verification_tokens, refresh_tokens: until they
--    expire, and a day for questions. outbox: it carries addresses; a day after a message expires, sent or
--    not. persistence/tidying deletes these, some thousand rows a statement: a round of statements once an
--    hour, and further ones while the writer is idle for as long as there is more.
--  * cabinet_reports grow fastest (about 200 bytes a row); drop them by time range. rental_log, cabinet_log
--    and the ledger are kept: they are the books.
create table journal (
  record_id uuid primary key,
  stored_at timestamptz not null default now()
);
-- Not a block-range index: new rows fill the room that deleted ones leave, and then every range of blocks is
-- old and new.
create index journal_stored on journal (stored_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, tg_op
    using errcode = 'restrict_violation', constraint = tg_table_name || '_append_only';
end $$;
