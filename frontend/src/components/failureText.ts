import { useI18n } from 'vue-i18n'
import { ApiFailure } from '@/api/failure'

/**
 * A failure in the chosen language where we have words for its code (`failure.<code>` in the locales), else as the
 * service says it.
 */
export function useFailureText() {
  const { t, te } = useI18n()
  return (failure: unknown): string => {
    if (!(failure instanceof ApiFailure)) return t('failure.unexpected')
    const known = `failure.${failure.code}`
    return te(known) || te(known, 'en') ? t(known) : failure.message || t('failure.unexpected')
  }
}
