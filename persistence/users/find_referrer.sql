select id::text from users where referral_code = :code and status = 'ACTIVE'
