// Before the first paint, so that no wrong theme or language flashes. Read by src/stores/preferences.ts too.
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
    root.lang = language || (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en')
})()
