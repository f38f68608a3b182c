/// Filters and the place on the map under a name, kept in this browser.

import { useState } from 'preact/hooks';
import { Dialog } from '../design/dialog';
import { Field } from '../design/form';
import { Icon } from '../design/icons';
import { toast } from '../design/toasts';
import { t } from '../i18n';
import { camera, lookAt } from '../map/camera';
import { filters, forgetView, savedViews, saveView, setFilters, type SavedView } from './filters';

function open(view: SavedView): void {
  setFilters(view.filters);
  lookAt({ center: view.center, zoom: view.zoom, isExact: true });
}

export function SavedViews() {
  const [isNaming, setNaming] = useState(false);
  return (
    <div class="saved-views">
      <ul class="chips" aria-label={t('views')}>
        {savedViews.value.map((view) => (
          <li key={view.name} class="saved-view">
            <button type="button" class="chip" onClick={() => open(view)}>
              <Icon name="bookmark" size={14} />
              {view.name}
            </button>
            <button
              type="button"
              class="chip-end"
              onClick={() => forgetView(view.name)}
              aria-label={t('views.forget', { name: view.name })}
            >
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
        <li>
          <button type="button" class="chip quiet" onClick={() => setNaming(true)}>
            <Icon name="plus" size={14} />
            {t('views.save')}
          </button>
        </li>
      </ul>
      {isNaming && (
        <Dialog
          title={t('views.title')}
          doIt={t('views.do')}
          onClose={() => setNaming(false)}
          onDo={async (form) => {
            const name = String(form.get('name')).trim();
            saveView({ name, filters: filters.peek(), ...camera.peek() });
            toast(t('views.saved', { name }));
          }}
        >
          <Field label={t('views.name')}>
            {(id) => <input id={id} name="name" required maxLength={40} autocomplete="off" />}
          </Field>
        </Dialog>
      )}
    </div>
  );
}
