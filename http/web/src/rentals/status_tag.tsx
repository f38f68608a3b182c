import { Icon, type IconName } from '../design/icons';
import { word } from '../i18n';

const looks: Record<string, [kind: string, icon: IconName]> = {
  PENDING: ['soft', 'clock'],
  PENDING_POPUP: ['soft', 'clock'],
  ACTIVE: ['live', 'battery'],
  OVERDUE: ['bad', 'warning'],
  COMPLETED: ['good', 'check'],
  CANCELLED: ['soft', 'close'],
};

export function StatusTag({ status }: { status: string }) {
  const [kind, icon] = looks[status] ?? ['soft', 'info'];
  return (
    <span class={`tag ${kind}`}>
      <Icon name={icon} size={14} />
      {word('rental', status)}
    </span>
  );
}
