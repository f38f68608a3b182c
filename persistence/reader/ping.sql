select 'here'
