select row_to_json(stranger) from strangers as stranger
where (:state = '' or stranger.state = :state)
  and (:search = '' or stranger.cabinet like :search or stranger.sim like :search
       or stranger.address like :search)
order by stranger.last_seen_at desc, stranger.cabinet
limit :limit::integer offset :offset::bigint
