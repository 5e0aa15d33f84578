/** The formats in the language that is chosen, for templates. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClock } from '@/stores/clock'
import * as numbers from './numbers'
import * as times from './times'

type Given = number | null | undefined

export function useFormat() {
  const { locale } = useI18n()
  const clock = useClock()
  const language = computed(() => (locale.value === 'en' ? 'en-GB' : locale.value))
  return {
    exact: (value: Given) => numbers.exact(value, locale.value),
    compact: (value: Given) => numbers.compact(value, locale.value),
    percent: (part: Given, whole: Given) => numbers.percent(part, whole, language.value),
    duration: (ms: Given) => numbers.duration(ms, language.value),
    /** Keeps itself up to date. */
    relative: (ms: Given) => times.relative(ms, clock.now, language.value),
    date: (ms: Given, seconds = false) => times.date(ms, language.value, seconds),
    clock: (ms: Given) => times.clock(ms, language.value),
    hour: (ms: Given) => times.hour(ms, language.value),
    precise: times.precise,
    /** What is left until a moment; keeps itself up to date. */
    left: (untilMs: number) => times.countdown(untilMs - clock.now, language.value),
  }
}
