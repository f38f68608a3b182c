import { ApiError } from '../api/errors';
import { t } from '../i18n';

/// A refusal in one sentence: the server's own words, or that it could not be reached.
export function sentenceOf(why: unknown): string {
  if (!(why instanceof ApiError)) return t('error.unknown');
  if (why.code === 'unreachable') return t('error.unreachable');
  const details = why.details.map((each) => each.message).join(' ');
  return [why.message || t('error.unknown'), details].filter(Boolean).join(' ');
}
