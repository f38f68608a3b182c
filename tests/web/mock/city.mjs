// A pretended network: stations along Nepal's towns that change state, rent and fail, from one seed. It
// stands in for the server while the page is drawn; nothing of it is shipped, and no test of the product
// rests on it.

const towns = [
  [85.324, 27.7172, 0.07, 34],
  [83.9856, 28.2096, 0.05, 14],
  [87.2718, 26.4525, 0.05, 8],
  [81.6167, 28.05, 0.05, 6],
  [80.5933, 28.6957, 0.05, 5],
  [84.4342, 27.6766, 0.06, 8],
  [84.8777, 27.0104, 0.05, 6],
  [83.4484, 27.7006, 0.06, 8],
  [85.9266, 26.7288, 0.05, 5],
  [87.2836, 26.8065, 0.05, 5],
  [82.4, 28.1, 0.1, 4],
  [81.6339, 28.6019, 0.06, 3],
];
const quarters = [
  'Thamel',
  'Baneshwor',
  'Lakeside',
  'Mahendra Chowk',
  'Bus Park',
  'Traffic Chowk',
  'New Road',
  'Civil Mall',
  'Hospital Road',
  'Ratna Park',
  'Airport Gate',
  'Campus Chowk',
  'Patan Dhoka',
  'Durbar Square',
  'Ring Road',
];
const shops = [
  'Himalayan Java',
  'Bhat-Bhateni',
  'Big Mart',
  'City Centre',
  'Nabil Bank',
  'Everest Hotel',
  'QFX Cinema',
  'Bakery Cafe',
  'Teaching Hospital',
  'Sajha Stop',
];

export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (random, list) => list[Math.floor(random() * list.length)];
const pad = (number, width) => String(number).padStart(width, '0');
const iso = (ago = 0) => new Date(Date.now() - ago).toISOString();

function slotOf(random, number) {
  const hasBank = random() < 0.62;
  return {
    number,
    status: random() < 0.01 ? 'ERROR' : hasBank ? 'OCCUPIED' : 'AVAILABLE',
    battery: hasBank ? Math.floor(15 + random() * 86) : null,
    temperature: hasBank ? Math.floor(20 + random() * 12) : 0,
    device_code: 1,
    sensors: 0,
    faults_in_a_row: 0,
    is_disabled: random() < 0.01,
    bank_sn: hasBank ? pad(Math.floor(40_000_000 + random() * 9_999_999), 8) : null,
    updated_at: iso(),
  };
}

export function makeStation(random, index) {
  const weight = random() * towns.reduce((sum, each) => sum + each[3], 0);
  let passed = 0;
  const town = towns.find((each) => (passed += each[3]) >= weight) ?? towns[0];
  const spread = () => (random() + random() + random() - 1.5) * town[2] * 1.1;
  const number = pick(random, [6, 8, 8, 12, 24]);
  const mood = random();
  return {
    sn: `CT${pad(index, 5)}`,
    name: `${pick(random, shops)} ${pick(random, quarters)}`,
    address: `${pick(random, quarters)}, ward ${1 + Math.floor(random() * 32)}`,
    lat: town[1] + spread(),
    lng: town[0] + spread(),
    isMaintenance: mood > 0.98,
    isOnline: mood < 0.94,
    isLate: mood > 0.92 && mood < 0.94,
    seen: Date.now() - Math.floor(random() * 500_000),
    issue: random() < 0.015 ? pick(random, ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']) : null,
    out: Math.floor(random() * 6),
    slots: Array.from({ length: number }, (_, at) => slotOf(random, at + 1)),
  };
}

export function markerOf(station) {
  const rentable = station.slots.filter(
    (each) => each.bank_sn && each.battery >= 20 && !each.is_disabled,
  ).length;
  const free = station.slots.filter(
    (each) => !each.bank_sn && !each.is_disabled && each.status !== 'ERROR',
  ).length;
  const hasError = station.slots.some((each) => each.status === 'ERROR');
  const state = station.isMaintenance
    ? 'MAINTENANCE'
    : !station.isOnline
      ? 'OFFLINE'
      : station.isLate || hasError || rentable < 2 || free < 1
        ? 'DEGRADED'
        : 'ONLINE';
  return {
    sn: station.sn,
    name: station.name,
    lat: station.lat,
    lng: station.lng,
    state,
    rentable,
    free,
    slots: station.slots.length,
    banks: station.slots.filter((each) => each.bank_sn).length,
    issue: station.issue,
    last_seen_at: new Date(station.seen).toISOString(),
    active_out: station.out,
  };
}

export class City {
  constructor(count, seed = 1) {
    this.random = randomFrom(seed);
    this.stations = new Map();
    for (let at = 1; at <= count; ++at) {
      const made = makeStation(this.random, at);
      this.stations.set(made.sn, made);
    }
    this.list = [...this.stations.values()];
    this.markers = new Map(this.list.map((each) => [each.sn, markerOf(each)]));
    this.events = [];
    this.eventCount = 0;
    for (let at = 0; at < 60; ++at) this.step(at * 20_000);
    this.events.sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  touch(station) {
    this.markers.set(station.sn, markerOf(station));
    return station;
  }

  tell(station, kind, severity, data = {}, ago = 0) {
    const event = {
      id: `event-${++this.eventCount}`,
      at: iso(ago),
      kind,
      severity,
      sn: station.sn,
      name: station.name,
      lat: station.lat,
      lng: station.lng,
      data,
    };
    this.events = [event, ...this.events].slice(0, 100);
    return event;
  }

  /// One thing happens somewhere; answers the station and the event, if it is worth one.
  step(ago = 0) {
    const station = pick(this.random, this.list);
    const chance = this.random();
    station.seen = Date.now();
    const code = `R${pad(Math.floor(this.random() * 1e6), 6)}`;
    const full = station.slots.filter((each) => each.bank_sn);
    const empty = station.slots.filter((each) => !each.bank_sn);
    if (chance < 0.45 && full.length > 0) {
      const slot = pick(this.random, full);
      const bank = slot.bank_sn;
      if (this.random() < 0.04) {
        slot.status = 'ERROR';
        slot.faults_in_a_row = 1;
        this.touch(station);
        return {
          station,
          event: this.tell(
            station,
            'rental.eject_failed',
            'alarm',
            { slot: slot.number, rental_code: code },
            ago,
          ),
        };
      }
      Object.assign(slot, { bank_sn: null, battery: null, status: 'AVAILABLE', temperature: 0 });
      station.out += 1;
      this.touch(station);
      return {
        station,
        event: this.tell(
          station,
          'rental.started',
          'info',
          { slot: slot.number, bank_sn: bank, rental_code: code },
          ago,
        ),
      };
    }
    if (chance < 0.9 && empty.length > 0) {
      const slot = pick(this.random, empty);
      const bank = pad(Math.floor(40_000_000 + this.random() * 9_999_999), 8);
      Object.assign(slot, {
        bank_sn: bank,
        battery: Math.floor(10 + this.random() * 60),
        status: 'OCCUPIED',
        temperature: 24,
      });
      station.out = Math.max(0, station.out - 1);
      this.touch(station);
      return {
        station,
        event: this.tell(
          station,
          'rental.returned',
          'info',
          { slot: slot.number, bank_sn: bank, rental_code: code },
          ago,
        ),
      };
    }
    if (chance < 0.95) {
      station.isOnline = !station.isOnline;
      this.touch(station);
      return {
        station,
        event: this.tell(
          station,
          station.isOnline ? 'station.online' : 'station.offline',
          station.isOnline ? 'info' : 'warning',
          {},
          ago,
        ),
      };
    }
    for (const slot of full) slot.battery = Math.min(100, slot.battery + 3);
    this.touch(station);
    return { station, event: null };
  }

  detail(sn) {
    const station = this.stations.get(sn);
    return (
      station && {
        ...this.markers.get(sn),
        address: station.address,
        imei: `8630710${pad(Number(sn.slice(2)), 8)}`,
        hardware: { boards: [{ index: 1, io: 0, temperature: 31, software: 4, hardware: 15 }], signal: 23 },
        slots: station.slots,
        snapshot_at: iso(40_000),
      }
    );
  }
}

export function matches(marker, station, wish) {
  if (wish.status && !wish.status.includes(marker.state)) return false;
  if (wish.low_stock && marker.rentable >= 2) return false;
  if (wish.no_free_slot && marker.free > 0) return false;
  if (wish.battery_below && !station.slots.some((each) => each.bank_sn && each.battery < wish.battery_below))
    return false;
  if (wish.silent_minutes && Date.now() - station.seen < wish.silent_minutes * 60_000) return false;
  if (wish.issue_priority && !marker.issue) return false;
  const text = wish.text?.toLowerCase();
  return !text || marker.name.toLowerCase().includes(text) || marker.sn.toLowerCase().includes(text);
}

const stateField = { ONLINE: 'online', DEGRADED: 'degraded', OFFLINE: 'offline', MAINTENANCE: 'maintenance' };

function cellOf(marker, zoom) {
  const cells = 2 ** zoom * 4;
  const sine = Math.sin((marker.lat * Math.PI) / 180);
  const x = Math.floor(((marker.lng + 180) / 360) * cells);
  const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * cells);
  return `${zoom}/${x}/${y}`;
}

const emptyCounts = () => ({ online: 0, degraded: 0, offline: 0, maintenance: 0 });

/// What a view shows: cells of 64 pixels, alone or together.
export function viewOf(city, { bounds: [south, west, north, east], zoom, filters }) {
  const cells = new Map();
  const totals = { stations: 0, ...emptyCounts() };
  const stations = [];
  for (const marker of city.markers.values()) {
    if (marker.lat < south || marker.lat > north || marker.lng < west || marker.lng > east) continue;
    if (!matches(marker, city.stations.get(marker.sn), filters ?? {})) continue;
    totals.stations++;
    totals[stateField[marker.state]]++;
    if (zoom >= 15) stations.push(marker);
    else {
      const key = cellOf(marker, zoom);
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(marker);
    }
  }
  const clusters = [];
  for (const [key, inside] of cells) {
    if (inside.length === 1) {
      stations.push(inside[0]);
      continue;
    }
    const sum = {
      key,
      lat: 0,
      lng: 0,
      count: inside.length,
      ...emptyCounts(),
      rentable: 0,
      free: 0,
      slots: 0,
      banks: 0,
    };
    for (const each of inside) {
      sum.lat += each.lat / inside.length;
      sum.lng += each.lng / inside.length;
      sum[stateField[each.state]]++;
      for (const name of ['rentable', 'free', 'slots', 'banks']) sum[name] += each[name];
    }
    clusters.push(sum);
  }
  return { zoom, clusters: clusters.slice(0, 1000), stations: stations.slice(0, 1000), totals };
}
