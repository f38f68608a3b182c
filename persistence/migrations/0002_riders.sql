-- Riders, their sessions and the codes they sign in with.
create table users (
  id uuid primary key,
  username text not null,
  email text,
  phone text,
  status text not null check (status in ('ACTIVE', 'INACTIVE', 'BANNED', 'DELETED')),
  referral_code text not null,
  referred_by text,
  token_version integer not null default 1,
  created_at timestamptz not null,
  last_login_at timestamptz not null,
  constraint users_have_an_identifier check (email is not null or phone is not null or status = 'DELETED')
) with (fillfactor = 85);
create unique index users_username on users (lower(username));
create unique index users_email on users (email) where email is not null;
create unique index users_phone on users (phone) where phone is not null;
create unique index users_referral_code on users (referral_code);
create index users_barred on users (id) where status in ('BANNED', 'DELETED');

create table sessions (
  id uuid primary key,
  user_id uuid not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  ip text not null,
  user_agent text not null,
  revoked_at timestamptz,
  revoke_reason text
) with (fillfactor = 85);
create index sessions_live on sessions (user_id) where revoked_at is null;
create index sessions_revoked on sessions (revoked_at) where revoked_at is not null;

create table refresh_tokens (
  id uuid primary key,
  session_id uuid not null,
  token_hash text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
) with (fillfactor = 85);
create unique index refresh_tokens_hash on refresh_tokens (token_hash);
-- A session's family has thousands over its life; of interest is the one that was not used yet.
create index refresh_tokens_unused on refresh_tokens (session_id) where used_at is null;
create index refresh_tokens_expiry on refresh_tokens (expires_at);

-- The one live code of an identifier, and the memory of its misses.
create table otp_codes (
  identifier text not null,
  purpose text not null,
  code_hash text not null,
  attempts integer not null check (attempts >= 0),
  expires_at timestamptz not null,
  kills integer not null check (kills >= 0),
  kills_since timestamptz not null,
  locked_until timestamptz,
  lock_minutes integer not null check (lock_minutes >= 0),
  requested_at json not null,
  primary key (identifier, purpose)
) with (fillfactor = 70);
create index otp_codes_expiry on otp_codes (greatest(expires_at, locked_until));

create table verification_tokens (
  token_hash text primary key,
  identifier text not null,
  purpose text not null,
  fingerprint text not null,
  expires_at timestamptz not null,
  consumed boolean not null default false
);
create index verification_tokens_identifier on verification_tokens (identifier);
create index verification_tokens_expiry on verification_tokens (expires_at);

-- Who brought whom; waits for the newcomer's first completed rental.
create table referrals (
  id uuid primary key,
  inviter_id uuid not null,
  invitee_id uuid not null,
  status text not null check (status in ('PENDING', 'COMPLETED', 'EXPIRED')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint referrals_not_oneself check (inviter_id <> invitee_id)
);
-- Somebody is invited once, for ever.
create unique index referrals_invitee on referrals (invitee_id);
create index referrals_of_inviter on referrals (inviter_id, created_at desc);
