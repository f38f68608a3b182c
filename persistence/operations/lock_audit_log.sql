select seq::text from audit_head for update
