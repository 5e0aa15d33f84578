/** Brings a setting's control into view and lets the next key stroke go there. */
export function focusSetting(name: string) {
  const place = document.querySelector(`[data-setting="${CSS.escape(name)}"]`)
  const control = document.getElementById(`setting-${name}`) ?? place?.querySelector('input,button,select')
  place?.scrollIntoView({ block: 'center' })
  if (control instanceof HTMLElement) control.focus({ preventScroll: true })
}
