// Before the first paint, so that no wrong theme or language flashes. src/stores/preferences.ts says the same later.
;(function () {
    var root = document.documentElement
    var theme = null
    var language = null
    try {
        theme = localStorage.getItem('theme')
        language = localStorage.getItem('language')
    } catch {
        // A browser that keeps nothing gets what the system says.
    }
    var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
    root.dataset.theme = dark ? 'dark' : 'light'
    var first = navigator.languages.find((it) => /^(zh|en)\b/i.test(it)) || 'en'
    var known = language === 'en' || language === 'zh-CN'
    root.lang = known ? language : /^zh/i.test(first) ? 'zh-CN' : 'en'
})()
