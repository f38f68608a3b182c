/// A word of a closed set with its sign; never by colour alone.

import { Icon, type IconName } from '../design/icons';
import { word } from '../i18n';

type Look = readonly [kind: 'soft' | 'live' | 'good' | 'bad' | 'warn', icon: IconName];

const soft: Look = ['soft', 'info'];
const waits: Look = ['soft', 'clock'];
const good: Look = ['good', 'check'];
const bad: Look = ['bad', 'warning'];
const over: Look = ['soft', 'close'];

const looks: Record<string, Record<string, Look>> = {
  rental: {
    PENDING: waits,
    PENDING_POPUP: waits,
    ACTIVE: ['live', 'battery'],
    OVERDUE: bad,
    COMPLETED: good,
    CANCELLED: over,
  },
  bank: {
    AVAILABLE: good,
    RESERVED: waits,
    RENTED: ['live', 'person'],
    MAINTENANCE: ['warn', 'wrench'],
    DAMAGED: bad,
    MISSING: bad,
    LOST: bad,
    QUARANTINED: ['warn', 'lock'],
  },
  issueStatus: {
    REPORTED: ['bad', 'bell'],
    ACKNOWLEDGED: ['warn', 'person'],
    IN_PROGRESS: ['live', 'wrench'],
    RESOLVED: good,
  },
  stranger: { WAITING: waits, APPROVED: good, REJECTED: over },
  price: { ACTIVE: good, INACTIVE: over, EXPIRED: waits },
};

export function StatusTag({ group, status }: { group: keyof typeof looks; status: string }) {
  const [kind, icon] = looks[group]?.[status] ?? soft;
  return (
    <span class={`tag ${kind}`}>
      <Icon name={icon} size={14} />
      {word(group, status)}
    </span>
  );
}
