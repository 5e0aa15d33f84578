import { useI18n } from 'vue-i18n'

/** Why an account rests or a request failed with it, by the service's code: two words, or a sentence. */
export function useReason() {
  const { t, te } = useI18n()
  const known = (kind: string, code: string) => {
    const key = `accounts.reason.${code}.${kind}`
    return te(key) || te(key, 'en') ? t(key) : null
  }
  return {
    short: (code: string) => known('short', code) ?? code,
    sentence: (code: string) => known('long', code) ?? t('accounts.reason.other', { code }),
  }
}
