import type { StartedLogin } from '@/api/types'

/** A tab that was opened by a click, before it is known what it will show. */
export interface Tab {
  show: (page: string) => void
  close: () => void
}

/** Opens an empty tab; null if the browser does not let us. */
export function openTab(): Tab | null {
  const opened = window.open('about:blank', '_blank')
  if (!opened) return null
  return {
    show: (page) => {
      // The page of another site must not get hold of this one.
      opened.opener = null
      opened.location.replace(page)
    },
    close: () => opened.close(),
  }
}

/** The address of the sign-in page, if it is one that a browser may be sent to. */
export function signInPage(started: StartedLogin): string | null {
  try {
    const url = new URL(started.verification_uri_complete ?? '')
    const isSafe = /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
    return isSafe ? url.href : null
  } catch {
    return null
  }
}
