import { expect, type Page } from '@playwright/test'
import { seriousViolations } from './axe'

/** A way in which the page is looked at. */
interface Look {
  language: 'en' | 'zh-CN'
  theme: 'light' | 'dark'
  width: 1440 | 390
}

const TITLE_OF_APP = / · CodeBuddy2API$/

/** Both languages, widths and themes. What differs least comes last, so that little is drawn anew. */
const LOOKS: Look[] = (['en', 'zh-CN'] as const).flatMap((language) =>
  ([1440, 390] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((theme) => ({ language, theme, width })),
  ),
)

/** What is on the screen is looked at in every way: nothing is cut, tiny, untranslated or a barrier in any. */
export async function inEachLook(page: Page): Promise<void> {
  for (const look of LOOKS) {
    await lookAt(page, look)
    const how = Object.values(look).join(' ')
    expect.soft(await faults(page, look), how).toEqual([])
    expect.soft(await seriousViolations(page, look.theme === 'dark'), how).toEqual([])
  }
  await lookAt(page, LOOKS[0] as Look)
}

/** Shows the page that is there in another way: nothing is loaded again, and what is open stays open. */
async function lookAt(page: Page, { language, theme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.setViewportSize({ width, height: width < 640 ? 844 : 900 })
  await page.evaluate((chosen) => {
    // As if it had been chosen in another tab.
    localStorage.setItem('language', chosen)
    dispatchEvent(new StorageEvent('storage'))
  }, language)
  await page.waitForFunction(
    ([theme, language]) =>
      document.documentElement.dataset.theme === theme && document.documentElement.lang === language,
    [theme, language] as const,
  )
  // What follows the size or the language is drawn in the next frames.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  )
}

/** What is wrong with the looks of what is on the screen; nothing of it needs an opinion. */
async function faults(page: Page, { language, width }: Look): Promise<string[]> {
  const found = await page.evaluate(findFaults, { smallest: 12, field: width < 640 ? 16 : 0 })
  const title = await page.title()
  if (!TITLE_OF_APP.test(title) || (language === 'zh-CN') !== /\p{Script=Han}/u.test(title))
    found.push(`the title is ${title}`)
  return found
}

/** Runs in the page. */
function findFaults({ smallest, field }: { smallest: number; field: number }): string[] {
  const faults: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth)
    faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}`)

  /** The name of a text in our files, which shows where a text is missing. */
  const names = document.body.innerText.match(
    /\b(common|failure|shell|overview|accounts|requests|trial|models|rules|settings|login)\.[a-z]\w+/g,
  )
  if (names) faults.push(`untranslated: ${names.join(', ')}`)

  const LABELS =
    'button, label, legend, th, h1, h2, h3, summary, [role=tab], [role=columnheader], [data-kind]'
  const describe = (it: Element) =>
    `${it.tagName} ${it.className.toString()} "${it.textContent?.trim().slice(0, 30)}"`
  for (const it of document.querySelectorAll<HTMLElement>('body *')) {
    if (!it.checkVisibility()) continue
    const style = getComputedStyle(it)
    const size = Number.parseFloat(style.fontSize)
    const typed = it.matches('input:not([type=checkbox], [type=radio]), select, textarea')
    const says = [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
    if (says && !it.closest('svg') && size < smallest) faults.push(`tiny: ${describe(it)}`)
    if (typed && !it.matches('.sr-only') && size < field) faults.push(`a phone zooms into ${describe(it)}`)
    const clips = style.overflowX !== 'visible' && it.clientWidth > 1
    if (clips && it.scrollWidth > it.clientWidth + 1 && (it.matches(LABELS) || it.closest(LABELS)))
      faults.push(`cut: ${describe(it)}`)
    if (it instanceof HTMLSelectElement && style.opacity !== '0') {
      const alone = it.cloneNode() as HTMLSelectElement
      alone.append(new Option(it.selectedOptions[0]?.text))
      alone.style.cssText = 'position:absolute;visibility:hidden;width:max-content;min-width:0;max-width:none'
      it.after(alone)
      if (alone.offsetWidth > it.offsetWidth + 1) faults.push(`cut: ${it.ariaLabel} "${alone.textContent}"`)
      alone.remove()
    }
  }
  return faults
}
