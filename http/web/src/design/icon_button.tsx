/// A button that shows a sign and says a word.

import { Icon, type IconName } from './icons';

interface Props {
  icon: IconName;
  label: string;
  onClick: () => void;
  look?: 'icon-button' | 'tool';
  isPressed?: boolean;
}

export function IconButton({ icon, label, onClick, look = 'icon-button', isPressed }: Props) {
  return (
    <button
      type="button"
      class={look}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
