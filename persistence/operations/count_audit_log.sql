select count(*)::text from audit_log
