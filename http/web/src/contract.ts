/// What the server says and hears: the shapes of docs-by-example in http/operators, http/stations,
/// http/kiosks and http/livemap; contract_office.ts has those of the tables beside the map. A change of the
/// contract is a change of these files. Times are RFC 3339 in UTC, money is a decimal string, ids are opaque.

// ---- realm

export type Role = 'super_admin' | 'admin' | 'moderator' | 'operator' | 'finance';
export type Grant = 'none' | 'read' | 'limited' | 'full';
export type PermissionKey =
  | 'stations.write'
  | 'stations.command'
  | 'fleet.write'
  | 'rentals.override'
  | 'issues.manage'
  | 'pricing.write'
  | 'audit.read';

export interface Operator {
  id: string;
  email: string;
  name: string;
  role: Role;
  is_active: boolean;
  last_login_at: string | null;
}

export interface Tokens {
  access: string;
  expires_in: number;
  operator: Operator;
}

export interface Me {
  operator: Operator;
  permissions: Partial<Record<string, Grant>>;
  session: { id: string; created_at: string; authenticated_at: string; expires_at: string };
}

export interface PageConfig {
  tile_style_url: string | null;
  time_zone: string;
  languages: string[];
  start_view: { lat: number; lng: number; zoom: number };
  version: string;
}

// ---- envelope

export interface Success<T> {
  success: true;
  message: string;
  data: T;
}

export interface FieldFault {
  field: string;
  code: string;
  message: string;
}

export interface Failure {
  success: false;
  error: { code: string; message: string; details?: FieldFault[]; context?: Record<string, unknown> };
  request_id: string;
}

export interface Pagination {
  current_page: number;
  total_pages: number;
  total_count: number;
  page_size: number;
  has_next: boolean;
  has_previous: boolean;
}

/// A table counts and has pages; what only grows goes on from a cursor.
export interface Listing<T> {
  results: T[];
  pagination?: Pagination;
  next_cursor?: string | null;
}

// ---- stations

export type StationState = 'ONLINE' | 'DEGRADED' | 'OFFLINE' | 'MAINTENANCE';
export const stationStates: readonly StationState[] = ['ONLINE', 'DEGRADED', 'OFFLINE', 'MAINTENANCE'];
export type Priority = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
export const priorities: readonly Priority[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

export interface Marker {
  sn: string;
  name: string;
  lat: number;
  lng: number;
  state: StationState;
  rentable: number;
  free: number;
  slots: number;
  banks: number;
  issue: Priority | null;
  last_seen_at: string | null;
  active_out: number;
}

export interface Cluster {
  key: string;
  lat: number;
  lng: number;
  count: number;
  online: number;
  degraded: number;
  offline: number;
  maintenance: number;
  rentable: number;
  free: number;
  slots: number;
  banks: number;
}

export interface StateCounts {
  online: number;
  degraded: number;
  offline: number;
  maintenance: number;
}

export interface Slot {
  number: number;
  status: string;
  battery: number | null;
  temperature: number | null;
  device_code: string | number | null;
  sensors?: unknown;
  faults_in_a_row?: number;
  is_disabled?: boolean;
  bank_sn: string | null;
  updated_at?: string | null;
}

export interface Board {
  index: number;
  temperature: number | null;
  software: number;
  hardware: number;
}

/// `signal` is CSQ, 0..31 (3GPP TS 27.007, 8.5).
export interface Hardware {
  boards?: Board[];
  signal?: number | null;
}

/// One station in full. `imei` only for those who may command it; `slots` is a list here and a count in a
/// Marker.
export interface StationLive extends Omit<Marker, 'slots'> {
  address?: string;
  imei?: string;
  hardware?: Hardware | null;
  slots: Slot[];
  snapshot_at: string | null;
}

export interface RentalOut {
  rental_code: string;
  bank_sn: string;
  started_at: string;
  due_at: string;
  status: string;
}

export interface Issue {
  id: string;
  type?: string;
  issue_type?: string;
  description: string;
  priority: Priority;
  status: string;
  reported_at: string;
}

export interface LogLine {
  id: string;
  at: string;
  kind: string;
  data: Record<string, unknown> | null;
}

export interface Overview {
  rentals_out: RentalOut[];
  overdue: number;
  revenue_today: string;
  uptime_24h: number | null;
  uptime_7d: number | null;
  /// The cabinet's own log: kinds like "ejection-sent".
  events: LogLine[];
  commands: Command[];
  issues: Issue[];
}

// ---- commands

export type CommandOutcome =
  'queued' | 'sent' | 'acknowledged' | 'failed' | 'timed_out' | 'unanswered' | 'unsupported';

export interface Command {
  id: string;
  station_sn: string;
  kind: string;
  state: string;
  slot: number | null;
  bank_sn: string | null;
  reason: string | null;
  parameters: Record<string, unknown> | null;
  result: unknown;
  issued_by: string;
  created_at: string;
  sent_at: string | null;
  replied_at: string | null;
  is_open: boolean;
  outcome: CommandOutcome;
}

// ---- live

export type Severity = 'info' | 'warning' | 'alarm';

export interface FeedEvent {
  id: string;
  at: string;
  kind: string;
  severity: Severity;
  sn: string | null;
  name: string | null;
  lat: number | null;
  lng: number | null;
  data: Record<string, unknown> | null;
}

export interface MapSnapshot {
  zoom: number;
  clusters: Cluster[];
  stations: Marker[];
  totals: StateCounts & { stations: number };
}

export interface Pulse {
  lat: number;
  lng: number;
  sn: string;
  kind: string;
}

export interface MapDelta {
  clusters: Cluster[];
  stations: Marker[];
  gone: string[];
  pulses: Pulse[];
  totals: StateCounts & { stations: number };
}

export interface Metrics {
  stations: StateCounts;
  banks: { seated: number; rented: number; missing: number; lost: number; other: number };
  rentals: { active: number; overdue: number; pending: number };
  events_per_minute: number;
  commands_failing: number;
  as_of: string;
}

/// [south, west, north, east] in degrees.
export type Bounds = [number, number, number, number];

export interface MapFilters {
  status?: StationState[];
  low_stock?: true;
  no_free_slot?: true;
  battery_below?: number;
  silent_minutes?: number;
  issue_priority?: Priority;
  text?: string;
}

export interface MapView {
  bounds: Bounds;
  zoom: number;
  filters: MapFilters;
}

export type ServerFrame =
  | { type: 'welcome'; server_time: string; heartbeat_seconds: number }
  | { type: 'subscribed'; id: unknown; topics: string[]; refused: { topic: string; code: string }[] }
  | { type: 'snapshot'; topic: string; revision: number; data: unknown }
  | {
      type: 'event';
      topic: string;
      revision: number;
      event: string;
      at: string;
      merged?: boolean;
      data: unknown;
    }
  | { type: 'error'; code: string; message: string; topic?: string };

export type LayerName = 'rentals' | 'demand' | 'low_stock';

export interface LayerPoint {
  lat: number;
  lng: number;
  sn: string;
  weight?: number;
  status?: string;
  minutes_overdue?: number;
}
