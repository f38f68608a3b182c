select id::text from users where lower(username) = lower(:username)
