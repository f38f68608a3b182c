insert into schema_migrations (name, sha256) values (:name, :sha256)
