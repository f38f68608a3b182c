/// What the map's signs mean, and what can be laid over them.

import { Icon } from '../design/icons';
import { StateMark } from '../design/state_mark';
import { stationStates } from '../contract';
import { t, word } from '../i18n';
import { demandWindow, layerFailed, shownLayers, toggleLayer, windows } from './layers';
import { layerNames } from './overlays';

function Layers() {
  return (
    <fieldset class="card-part">
      <legend>{t('layers')}</legend>
      {layerNames.map((name) => (
        <label key={name} class="switch">
          <input type="checkbox" checked={shownLayers.value.has(name)} onChange={() => toggleLayer(name)} />
          <span>{t(`layer.${name}`)}</span>
        </label>
      ))}
      {shownLayers.value.has('demand') && (
        <div class="segments" role="group" aria-label={t('layer.window')}>
          {windows.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={demandWindow.value === each}
              onClick={() => {
                demandWindow.value = each;
              }}
            >
              {t(`layer.window.${each}`)}
            </button>
          ))}
        </div>
      )}
      <p class="form-error" role="status">
        {layerFailed.value ? t('layer.failed') : ''}
      </p>
    </fieldset>
  );
}

function Legend() {
  return (
    <div class="card-part legend">
      <h2>{t('legend')}</h2>
      <ul>
        {stationStates.map((state) => (
          <li key={state}>
            <StateMark state={state} size={14} />
            {word('state', state)}
          </li>
        ))}
        <li>
          <span class="legend-ring" aria-hidden="true" />
          {t('legend.ring')}
        </li>
        <li>
          <span class="stock" aria-hidden="true">
            <b>5</b>
            <span>3</span>
          </span>
          {t('legend.badge')}
        </li>
        <li>
          <span class="legend-issue" aria-hidden="true">
            !
          </span>
          {t('legend.issue')}
        </li>
      </ul>
    </div>
  );
}

export function LayersCard() {
  const onKey = (event: KeyboardEvent): void => {
    const card = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !card.open) return;
    card.open = false;
    card.querySelector('summary')?.focus();
  };
  return (
    <details class="layers-card" onKeyDown={onKey}>
      <summary class="tool" aria-label={t('layers.open')} title={t('layers.open')}>
        <Icon name="layers" />
      </summary>
      <div class="card">
        <Layers />
        <Legend />
      </div>
    </details>
  );
}
