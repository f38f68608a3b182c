select json_build_object(
  'account', (select row_to_json(account) from broker_accounts as account where account.cabinet = :cabinet),
  'stranger', (select row_to_json(stranger) from strangers as stranger where stranger.cabinet = :cabinet),
  'station', (select id from stations where imei = :cabinet and not is_deleted))
