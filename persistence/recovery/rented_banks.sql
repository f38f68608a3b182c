copy (
  select bank.id, bank.serial, bank.status, bank.battery, bank.cycles, bank.rentals, bank.ejections,
         bank.station_id, bank.slot, bank.rental_id
  from rentals join power_banks as bank on bank.id = rentals.bank_id
  where rentals.is_open
) to stdout
