select json_build_object(
  'user', (select row_to_json(rider) from users as rider
           where email = :identifier or phone = :identifier
           order by status = 'DELETED' limit 1),
  'otp', (select row_to_json(otp) from otp_codes as otp
          where identifier = :identifier order by expires_at desc limit 1),
  'tokens', (select json_agg(token) from verification_tokens as token
             where identifier = :identifier and not consumed and expires_at > :now::timestamptz))
