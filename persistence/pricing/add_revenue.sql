insert into revenue_distributions select * from unnest($1::revenue_distributions[])
