/// Every request of the map and its panel, by name.

import type { Bounds, Command, LayerName, LayerPoint, Overview, PageConfig } from '../contract';
import { newKey, query, request } from './client';

const station = (sn: string): string => `/api/admin/stations/${encodeURIComponent(sn)}`;

export const pageConfig = (): Promise<PageConfig> => request('/api/admin/page-config');

export const overview = (sn: string, signal: AbortSignal): Promise<Overview> =>
  request(`${station(sn)}/overview`, { signal });

export function layer(name: LayerName, bounds: Bounds, window: string, signal: AbortSignal) {
  const where = query({ bounds: bounds.map((each) => each.toFixed(4)).join(','), window });
  return request<{ points: LayerPoint[] }>(`/api/admin/map/layers/${name}${where}`, { signal });
}

// ---- actions; each call is one click, so each has its own key

async function act(path: string, body: unknown): Promise<Command> {
  const answer = await request<Command | { command: Command }>(path, {
    method: 'POST',
    body,
    idempotencyKey: newKey(),
  });
  return 'command' in answer ? answer.command : answer;
}

const device = (sn: string, action: string, more: Record<string, unknown> = {}): Promise<Command> =>
  act(`${station(sn)}/${action}`, more);

export const check = (sn: string) => device(sn, 'check');
export const reboot = (sn: string, reason: string) => device(sn, 'reboot', { reason });
export const scanNetworks = (sn: string) => device(sn, 'wifi/scan');
export const setVolume = (sn: string, volume: number) => device(sn, 'volume', { volume });
export const setMode = (sn: string, mode: 'wifi' | '4g') => device(sn, 'mode', { mode });
export const eject = (sn: string, bank: string, reason: string) =>
  device(sn, 'eject', { powerbank_sn: bank, reason });

export function connectNetwork(sn: string, ssid: string, password: string) {
  return device(sn, 'wifi/connect', { wifi_ssid: ssid, ...(password ? { wifi_password: password } : {}) });
}

export function setSlotLock(sn: string, slot: number, isLocked: boolean, reason: string) {
  const command = isLocked ? 'LOCK_SLOT' : 'UNLOCK_SLOT';
  return act(`${station(sn)}/command`, { command, parameters: { slot, reason } });
}

export const setMaintenance = (sn: string, isMaintenance: boolean, reason: string): Promise<unknown> =>
  request(`${station(sn)}/maintenance`, {
    method: 'POST',
    body: { is_maintenance: isMaintenance, reason },
    idempotencyKey: newKey(),
  });
