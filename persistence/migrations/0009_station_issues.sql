-- What riders report about stations, and what stations can offer.
create table station_issues (
  id uuid primary key,
  station_id uuid not null,
  reporter_id uuid not null,
  issue_type text not null
    check (issue_type in ('OFFLINE', 'DAMAGED', 'DIRTY', 'LOCATION_WRONG', 'SLOT_ERROR', 'AMENITY_ISSUE')),
  description text not null check (length(description) between 10 and 500),
  images json not null check (json_array_length(images) <= 5),
  priority text not null check (priority in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  status text not null check (status in ('REPORTED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESOLVED')),
  assigned_to uuid,
  notes text not null check (length(notes) <= 1000),
  reported_at timestamptz not null,
  updated_at timestamptz not null,
  resolved_at timestamptz,
  is_deleted boolean not null,
  constraint station_issues_resolved_has_a_time check (status <> 'RESOLVED' or resolved_at is not null)
) with (fillfactor = 85);
create index station_issues_of_station on station_issues (station_id, reported_at desc) where not is_deleted;
create index station_issues_of_reporter on station_issues (reporter_id, reported_at desc, id desc);
create index station_issues_open on station_issues (reported_at desc, id desc)
  where status <> 'RESOLVED' and not is_deleted;

create table amenities (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  icon text not null,
  description text not null,
  is_active boolean not null,
  is_deleted boolean not null
);
create unique index amenities_name on amenities (lower(name)) where not is_deleted;
