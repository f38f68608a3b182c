/// Every request of the tables beside the map, by name.

import type { Command, Listing } from '../contract';
import type {
  AuditRow,
  BankDetail,
  BankRental,
  BankRow,
  BrokerAccount,
  BrokerAction,
  DiscountRow,
  Fleet,
  FrameRow,
  IssueScope,
  LateFeeRow,
  LateFeeTest,
  PackageRow,
  PriceTable,
  RentalExplanation,
  RentalRow,
  ReportedIssue,
  StationExplanation,
  StationName,
  Stranger,
} from '../contract_office';
import { newKey, query, request, type Call } from './client';

const admin = (...parts: string[]): string => `/api/admin/${parts.map(encodeURIComponent).join('/')}`;

type Search = Readonly<Record<string, string>>;

function look<T>(path: string): (wanted: Search, signal: AbortSignal) => Promise<Listing<T>> {
  return (wanted, signal) => request(path + query(wanted), { signal });
}

/// Each call is one click, so each has its own key.
const change = <T>(method: NonNullable<Call['method']>, path: string, body?: unknown): Promise<T> =>
  request(path, { method, body, idempotencyKey: newKey() });

// ---- rentals

export const rentals = look<RentalRow>(admin('rentals'));
export const explainRental = (id: string, signal: AbortSignal): Promise<RentalExplanation> =>
  request(admin('rentals', id, 'explanation'), { signal });
export const forceComplete = (id: string, wish: Record<string, unknown>): Promise<unknown> =>
  change('POST', admin('rentals', id, 'force-complete'), wish);

// ---- banks

export const banks = look<BankRow>(admin('powerbanks'));
export const fleet = (signal: AbortSignal): Promise<Fleet> =>
  request(admin('powerbanks', 'analytics', 'overview'), { signal });
export const bank = (sn: string, signal: AbortSignal): Promise<BankDetail> =>
  request(admin('powerbanks', sn), { signal });
export const bankHistory = (sn: string) => look<BankRental>(admin('powerbanks', sn, 'history'));
export const setBankStatus = (sn: string, status: string, reason: string): Promise<unknown> =>
  change('POST', admin('powerbanks', sn, 'status'), { status, reason });

// ---- issues

export const issues = (scope: IssueScope) => look<ReportedIssue>(admin(scope, 'issues'));
export const issue = (scope: IssueScope, id: string, signal: AbortSignal): Promise<ReportedIssue> =>
  request(admin(scope, 'issues', id), { signal });
export const changeIssue = (scope: IssueScope, id: string, wish: unknown): Promise<unknown> =>
  change('PATCH', admin(scope, 'issues', id), wish);
export const deleteIssue = (scope: IssueScope, id: string): Promise<unknown> =>
  change('DELETE', admin(scope, 'issues', id));

// ---- prices

const priceFolder: Record<PriceTable, string> = {
  packages: 'rental-packages',
  'late-fees': 'late-fee-configs',
  discounts: 'discounts',
};
export const packages = look<PackageRow>(admin(priceFolder.packages));
export const lateFees = look<LateFeeRow>(admin(priceFolder['late-fees']));
export const discounts = look<DiscountRow>(admin(priceFolder.discounts));
export const discountAnalytics = (
  id: string,
  signal: AbortSignal,
): Promise<Partial<Record<string, string | number | null>>> =>
  request(admin(priceFolder.discounts, id, 'analytics'), { signal });
export const discount = (id: string, signal: AbortSignal): Promise<DiscountRow> =>
  request(admin(priceFolder.discounts, id), { signal });
/// Makes a row, or changes the one with that id.
export const savePrice = (table: PriceTable, id: string | null, row: unknown): Promise<unknown> =>
  id === null
    ? change('POST', admin(priceFolder[table]), row)
    : change('PATCH', admin(priceFolder[table], id), row);
export const removePrice = (table: PriceTable, id: string): Promise<unknown> =>
  change('DELETE', admin(priceFolder[table], id));
export const setLateFeeActive = (id: string, isActive: boolean): Promise<unknown> =>
  change('POST', admin(priceFolder['late-fees'], id, isActive ? 'activate' : 'deactivate'), {});
export const testLateFee = (wish: Record<string, unknown>): Promise<LateFeeTest> =>
  change('POST', admin(priceFolder['late-fees'], 'test-calculation'), wish);
export const findStations = (search: string): Promise<Listing<StationName>> =>
  request(admin('stations') + query({ search, page_size: 10 }));

// ---- unknown cabinets

export const strangers = look<Stranger>(admin('cabinets', 'unknown'));
export const approveCabinet = (imei: string, station: Record<string, unknown>) =>
  change<{ provisioning_until?: string }>('POST', admin('cabinets', 'unknown', imei, 'approve'), station);
export const rejectCabinet = (imei: string, reason: string): Promise<unknown> =>
  change('POST', admin('cabinets', 'unknown', imei, 'reject'), { reason });

export const brokerAccount = (sn: string, signal: AbortSignal): Promise<{ account: BrokerAccount | null }> =>
  request(admin('stations', sn, 'broker-account'), { signal });
export const changeBrokerAccount = (sn: string, action: BrokerAction, reason: string): Promise<unknown> =>
  change('POST', admin('stations', sn, 'broker-account'), { action, reason });

// ---- what happened

export const commandHistory = look<Command>(admin('iot', 'history'));
export const frames = look<FrameRow>(admin('iot', 'logs'));
export const auditLog = look<AuditRow>(admin('audit'));
export const explainStation = (sn: string, from: string, signal: AbortSignal): Promise<StationExplanation> =>
  request(admin('stations', sn, 'explanation') + query({ from }), { signal });
