select count(*)::text from strangers as stranger
where (:state = '' or stranger.state = :state)
  and (:search = '' or stranger.cabinet like :search or stranger.sim like :search
       or stranger.address like :search)
