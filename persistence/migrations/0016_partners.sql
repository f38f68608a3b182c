-- Partners, who has which station, and what became of the income there.
create table partners (
  id uuid primary key,
  code text not null,
  user_id uuid not null,
  type text not null check (type in ('FRANCHISE', 'VENDOR')),
  vendor text not null check (vendor in ('NONE', 'REVENUE', 'NON_REVENUE')),
  business_name text not null check (length(business_name) between 1 and 100),
  contact_phone text not null check (length(contact_phone) between 1 and 20),
  status text not null check (status in ('PENDING', 'ACTIVE', 'INACTIVE', 'SUSPENDED')),
  share_hundredths integer not null check (share_hundredths between 0 and 10000),
  created_by text not null,
  created_at timestamptz not null,
  constraint partners_vendors_have_a_type check ((type = 'VENDOR') = (vendor <> 'NONE')),
  constraint partners_only_franchises_share_by_themselves check (type = 'FRANCHISE' or share_hundredths = 0)
);
create unique index partners_code on partners (code);
create unique index partners_user on partners (user_id);

-- Rows end and stay: what a station's income was divided by is never rewritten.
create table station_partners (
  id uuid primary key,
  station_id uuid not null,
  partner_id uuid not null,
  role text not null check (role in ('OWNER', 'OPERATOR')),
  model text not null check (model in ('NONE', 'PERCENTAGE', 'FIXED')),
  percent_hundredths integer not null check (percent_hundredths between 0 and 10000),
  valid_from timestamptz not null,
  valid_until timestamptz,
  created_by text not null,
  constraint station_partners_begin_before_they_end check (valid_from <= valid_until),
  constraint station_partners_percentage_of_the_model check (model = 'PERCENTAGE' or percent_hundredths = 0)
);
create unique index station_partners_one_in_force on station_partners (station_id, role)
  where valid_until is null;
create index station_partners_of_partner on station_partners (partner_id);

-- One row per income that was shared, and per part of one that was taken back (all figures below zero). It is
-- written with the income and its journal, which has the same key; so nothing is shared twice.
create table revenue_distributions (
  id uuid primary key,
  event_key text collate "C" not null,
  rental_id uuid not null,
  station_id uuid not null,
  kind text not null check (kind in ('RENTAL', 'EXTENSION', 'LATE_FEE')),
  gross bigint not null,
  vat bigint not null,
  service bigint not null,
  net bigint not null,
  platform_share bigint not null,
  franchise_share bigint not null,
  vendor_share bigint not null,
  franchise_id uuid,
  vendor_id uuid,
  franchise_hundredths integer not null,
  vendor_hundredths integer not null,
  vat_percent integer not null,
  service_hundredths integer not null,
  is_reversal boolean not null,
  distributed_at timestamptz not null,
  constraint revenue_distributions_net check (net = gross - vat - service),
  constraint revenue_distributions_whole check (platform_share + franchise_share + vendor_share = net),
  constraint revenue_distributions_direction check (case when is_reversal then gross < 0 else gross > 0 end)
);
create unique index revenue_distributions_event_key on revenue_distributions (event_key);
create index revenue_distributions_newest on revenue_distributions (distributed_at desc, id desc);
create index revenue_distributions_of_station
  on revenue_distributions (station_id, distributed_at desc, id desc);
create index revenue_distributions_of_franchise
  on revenue_distributions (franchise_id, distributed_at desc, id desc) where franchise_id is not null;
create index revenue_distributions_of_vendor
  on revenue_distributions (vendor_id, distributed_at desc, id desc) where vendor_id is not null;
create trigger revenue_distributions_append_only before update or delete or truncate on revenue_distributions
  for each statement execute function refuse_change();

-- A vendor has one ejection a day free at the station it runs. The day is that of Asia/Kathmandu, counted
-- from 1970-01-01.
create table vendor_ejections (
  rental_id uuid primary key,
  vendor_id uuid not null,
  station_id uuid not null,
  business_day integer not null,
  is_released boolean not null
);
create unique index vendor_ejections_one_a_day on vendor_ejections (vendor_id, station_id, business_day)
  where not is_released;
