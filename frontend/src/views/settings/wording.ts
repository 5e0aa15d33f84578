import { useI18n } from 'vue-i18n'
import { shortName, type Field } from './field'

/** What to call a setting: our words in the chosen language, else the service's own. */
export function useWording() {
  const { t, te, locale } = useI18n()
  const own = (field: Field, part: string) => {
    const key = `settings.field.${shortName(field.name)}.${part}`
    return te(key, locale.value) ? t(key) : null
  }
  return {
    label: (field: Field) => own(field, 'label') ?? field.label,
    hint: (field: Field) => own(field, 'hint') ?? field.hint,
    option: (field: Field, option: string) => {
      const word = own(field, `option.${option}`)
      return word ? `${option} · ${word}` : option
    },
    group: (group: string) => t(`settings.group.${group}`),
  }
}

export type Wording = ReturnType<typeof useWording>

/** The settings whose name or words contain all that is searched for. */
export function matching(fields: readonly Field[], search: string, wording: Wording): Field[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return fields.filter((field) => {
    const text = [
      field.name,
      field.name.replaceAll('_', ' '),
      field.label,
      wording.label(field),
      wording.hint(field),
      wording.group(field.group),
    ]
      .join('\n')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
