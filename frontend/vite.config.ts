import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { PAGE } from './build/files.mjs'
import { parts } from './build/parts.ts'

/** While developing, the API is that of a running service; the page logs in to it as it would when served by it. */
const service = process.env.CODEBUDDY2API ?? 'http://127.0.0.1:8001'
const routes = ['/api', '/v1', '/codebuddy', '/health']

export default defineConfig({
  plugins: [vue(), parts('target/parts')],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    outDir: PAGE,
    emptyOutDir: true,
    target: 'es2022',
    // Everything is its own file: the page's policy allows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: Object.fromEntries(routes.map((route) => [route, { target: service, xfwd: false }])),
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
})
