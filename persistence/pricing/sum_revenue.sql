select json_build_object(
  'distributions', count(*), 'gross', coalesce(sum(gross), 0)::bigint, 'vat', coalesce(sum(vat), 0)::bigint,
  'service', coalesce(sum(service), 0)::bigint, 'franchise_share', coalesce(sum(franchise_share), 0)::bigint,
  'vendor_share', coalesce(sum(vendor_share), 0)::bigint)
from revenue_distributions as shared
where (:station = '' or shared.station_id = nullif(:station, '')::uuid)
  and (:partner = '' or shared.franchise_id = nullif(:partner, '')::uuid
       or shared.vendor_id = nullif(:partner, '')::uuid)
  and (:reversal = '' or shared.is_reversal = nullif(:reversal, '')::boolean)
  and (:from = '' or shared.distributed_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or shared.distributed_at < nullif(:until, '')::timestamptz)
