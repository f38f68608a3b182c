/// What the tables beside the map are about: rentals, banks, issues, prices, unknown cabinets, what happened.

import type { Command, Priority } from './contract';

/// A station as another thing names it; not everybody says all of it.
export interface StationName {
  id?: string;
  sn?: string;
  name?: string;
  serial_number?: string;
  station_name?: string;
}

// ---- rentals

export interface RentalRow {
  id: string;
  rental_code: string;
  status: string;
  payment_status: string;
  user: { id: string; username: string | null } | null;
  station: StationName | null;
  return_station: StationName | null;
  bank_sn: string | null;
  package_name: string | null;
  amount_paid: string;
  started_at: string | null;
  due_at: string | null;
  ended_at: string | null;
  created_at: string;
}

export interface RentalDetail extends RentalRow {
  closure_reason?: string | null;
  ejection_uncertain?: boolean;
  start_battery_level?: number | null;
  return_battery_level?: number | null;
  slot?: number | null;
  return_slot?: number | null;
  minutes_overdue?: number;
}

/// Those one can look for; a rental is PENDING for a moment only.
export const rentalStatuses = ['PENDING_POPUP', 'ACTIVE', 'OVERDUE', 'COMPLETED', 'CANCELLED'] as const;
export const openRentalStatuses: readonly string[] = ['PENDING', 'PENDING_POPUP', 'ACTIVE', 'OVERDUE'];
export const paymentStatuses = ['PENDING', 'PAID', 'REFUNDED'] as const;

/// Something that happened, the rule by which it was judged, and when we knew.
export interface ExplainedFact {
  at: string;
  recorded_at: string;
  kind: string;
  rule: string | null;
  /// What the rule says, and what happened, in English sentences.
  rule_text: string | null;
  text?: string | null;
  data: Record<string, unknown> | null;
}

export interface Report {
  received_at: string;
  door: string;
  /// "0x10"; null: no frame of a cabinet.
  frame: string | null;
  raw_hex: string;
  meaning: unknown;
}

export interface Bill {
  base: string;
  extensions: string;
  late_fee: string;
  lost_penalty: string;
  adjustment: string;
  charged?: string;
  paid: string;
  due: string;
}

export interface Charge {
  kind: string;
  n: number;
  amount: string;
  basis: Record<string, unknown> | null;
}

export interface Payment {
  n: number;
  transaction_id: string | null;
  amount: string;
  wallet_amount: string;
  points_used: number;
  is_refund: boolean;
}

export interface JournalLine {
  account: string;
  unit: string;
  debit: string | number;
  credit: string | number;
}

export interface Journal {
  event_key: string;
  event_type: string;
  occurred_at: string;
  lines: JournalLine[];
}

export interface RentalExplanation {
  rental: RentalDetail;
  summary: string[];
  facts: ExplainedFact[];
  money: { bill: Bill; charges: Charge[]; payments: Payment[]; journals: Journal[] };
  commands: Command[];
  reports: Report[];
}

export interface StatusChange {
  changed_at: string;
  status: string;
  previous: string | null;
  seconds_in_previous?: number;
  triggered_by?: string;
}

export interface StationExplanation {
  facts: ExplainedFact[];
  commands: Command[];
  reports: Report[];
  status: StatusChange[];
}

export const resolutions = ['RETURNED', 'LOST', 'CANCELLED'] as const;
export type Resolution = (typeof resolutions)[number];
/// Where the bank of a rental that was ended by hand is; MISSING unless said otherwise.
export const forcedBankStatuses = ['MISSING', 'MAINTENANCE', 'DAMAGED', 'LOST'] as const;

// ---- banks

export const bankStatuses = [
  'AVAILABLE',
  'RESERVED',
  'RENTED',
  'MAINTENANCE',
  'DAMAGED',
  'MISSING',
  'LOST',
  'QUARANTINED',
] as const;
/// Those an operator may set.
export const settableBankStatuses = ['AVAILABLE', 'MAINTENANCE', 'DAMAGED'] as const;

export interface BankRow {
  id: string;
  serial_number: string;
  status: string;
  battery_level: number | null;
  total_cycles: string;
  total_rentals: number;
  ejections: number;
  station: StationName | null;
  slot: number | null;
  rental_code: string | null;
}

export interface BankRental {
  id: string;
  rental_code: string;
  status: string;
  station: StationName | null;
  return_station_name: string | null;
  start_battery: number | null;
  return_battery: number | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

export interface BankDetail extends BankRow {
  stats?: { minutes_rented: number };
  cycle_logs?: {
    rental_id: string;
    start_battery: number;
    end_battery: number;
    cycle_contribution: string;
    at: string;
  }[];
}

export interface Fleet {
  total: number;
  by_status: Partial<Record<string, number>>;
  needs_attention: number;
  average_battery: number | null;
  utilisation: number;
  worn: number;
  as_of?: string;
}

// ---- issues

export type IssueScope = 'stations' | 'rentals';
export const issueScopes: readonly IssueScope[] = ['stations', 'rentals'];
export const issueStatuses = {
  stations: ['REPORTED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESOLVED'],
  rentals: ['REPORTED', 'RESOLVED'],
} as const;
export const issueTypes = {
  stations: ['OFFLINE', 'DAMAGED', 'DIRTY', 'LOCATION_WRONG', 'SLOT_ERROR', 'AMENITY_ISSUE'],
  rentals: ['POWER_BANK_DAMAGED', 'POWER_BANK_LOST', 'CHARGING_ISSUE', 'RETURN_ISSUE'],
} as const;

/// Of a station or of a rental: what the one lacks the other has.
export interface ReportedIssue {
  id: string;
  issue_type: string;
  description: string;
  images: string[] | null;
  status: string;
  notes: string | null;
  reporter: { id?: string; username?: string | null } | string | null;
  reported_at: string;
  resolved_at: string | null;
  station?: StationName | null;
  priority?: Priority;
  assigned_to?: { id: string; email: string } | null;
  rental_id?: string;
  rental_code?: string;
  station_name?: string | null;
  bank_sn?: string | null;
}

// ---- prices

export const priceTables = ['packages', 'late-fees', 'discounts'] as const;
export type PriceTable = (typeof priceTables)[number];
export const packageTypes = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY'] as const;
export const paymentModels = ['PREPAID', 'POSTPAID'] as const;
export const feeTypes = ['MULTIPLIER', 'FLAT_RATE', 'COMPOUND'] as const;
export const discountStatuses = ['ACTIVE', 'INACTIVE', 'EXPIRED'] as const;

export interface PackageRow {
  id: string;
  name: string;
  description: string;
  duration_minutes: number;
  price: string;
  package_type: string;
  payment_model: string;
  is_active: boolean;
}

export interface LateFeeRow {
  id: string;
  name: string;
  fee_type: string;
  multiplier: string;
  flat_rate_per_hour: string;
  grace_period_minutes: number;
  max_daily_rate: string | null;
  applicable_package_types: string[];
  is_active: boolean;
}

export interface LateFeeTest {
  fee: string;
  effective_minutes: number;
  capped: boolean;
  rate: string;
}

export interface DiscountRow {
  id: string;
  station: StationName;
  package: { id: string; name: string };
  discount_percent: string;
  max_total_uses: number | null;
  max_uses_per_user: number;
  valid_from: string;
  valid_until: string;
  status: string;
  may_be_free: boolean;
  used_count: number;
  reserved_count: number;
  created_at: string;
}

// ---- unknown cabinets

export const strangerStates = ['WAITING', 'APPROVED', 'REJECTED'] as const;

export interface Stranger {
  imei: string;
  status: string;
  first_seen_at: string;
  last_seen_at: string;
  calls: number;
  door: string;
  address: string | null;
  sim: string | null;
  hardware: string | null;
  notes: string | null;
}

/// A cabinet's login at the broker, without its password.
export interface BrokerAccount {
  imei: string;
  username: string;
  sim: string | null;
  issued_at: string | null;
  issues: number;
  is_revoked: boolean;
  revoked_at: string | null;
  provisioning_until: string | null;
}
export const brokerActions = ['provision', 'rotate', 'revoke'] as const;
export type BrokerAction = (typeof brokerActions)[number];

// ---- what happened

export interface AuditRow {
  seq: number;
  id: string;
  at: string;
  actor_type: string;
  actor_id: string | null;
  action: string;
  entity: string | null;
  entity_id: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  ip: string | null;
}

/// What a cabinet said, as it came.
export interface FrameRow {
  id: string;
  station_sn: string | null;
  device_uuid: string;
  received_at: string;
  sync_type: string;
  door: string;
  frame_type: number;
  status: string;
  error: string | null;
  frame: string;
}
