import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defineComponent, h, nextTick, ref } from 'vue'
import en from '@/locales/en'
import { useToasts } from '@/stores/toasts'
import ViewBoundary from './ViewBoundary.vue'
import { isOfHandler } from './boundary'

let breaks = ref(false)
beforeEach(() => {
  breaks = ref(false)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

const View = defineComponent(() => {
  const fail = () => {
    throw new Error('clicked')
  }
  return () => {
    if (breaks.value) throw new Error('<b>drawn</b>')
    return h('button', { onClick: fail }, 'fine')
  }
})

async function shown() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'one', component: View },
      { path: '/two', name: 'two', component: View },
    ],
  })
  await router.push('/')
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en } })
  const page = mount(ViewBoundary, {
    slots: { default: () => h(View) },
    global: { plugins: [createPinia(), router, i18n] },
  })
  return { page, router }
}

test('a page that cannot be drawn says so, and can be tried again', async () => {
  breaks.value = true
  const { page } = await shown()
  await nextTick()
  expect(page.get('[role="alert"]').text()).toContain(en.shell.broken.title)
  breaks.value = false
  await page.get('button').trigger('click')
  expect(page.text()).toBe('fine')
})

test('a page that breaks later says so, and another page is drawn', async () => {
  const { page, router } = await shown()
  breaks.value = true
  await nextTick()
  await nextTick()
  expect(page.find('[role="alert"]').exists()).toBe(true)
  breaks.value = false
  await router.push('/two')
  await nextTick()
  expect(page.text()).toBe('fine')
})

test('what fails after a click leaves the page', async () => {
  const { page } = await shown()
  await page.get('button').trigger('click')
  expect(page.text()).toBe('fine')
  expect(useToasts().all.map((it) => it.text)).toEqual([en.shell.broken.action])
})

test('where an error comes from is known once built, too', () => {
  expect(isOfHandler('https://vuejs.org/error-reference/#runtime-5')).toBe(true)
  expect(isOfHandler('https://vuejs.org/error-reference/#runtime-1')).toBe(false)
  expect(isOfHandler('render function')).toBe(false)
})
