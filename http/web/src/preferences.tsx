/// Language and theme: two small groups of choices.

import { themes, theme, wear } from './design/theme';
import { Icon, type IconName } from './design/icons';
import { language, languages, speak, t } from './i18n';

const themeIcons: Record<string, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };
const ownNames = { en: 'English', ne: 'नेपाली' } as const;

export function Preferences() {
  return (
    <div class="preferences">
      <div class="segments" role="group" aria-label={t('language')}>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={language.value === each}
            onClick={() => speak(each)}
          >
            {ownNames[each]}
          </button>
        ))}
      </div>
      <div class="segments" role="group" aria-label={t('theme')}>
        {themes.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={theme.value === each}
            onClick={() => wear(each)}
            aria-label={t(`theme.${each}`)}
            title={t(`theme.${each}`)}
          >
            <Icon name={themeIcons[each] ?? 'screen'} size={16} />
          </button>
        ))}
      </div>
    </div>
  );
}
