import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { defineComponent, h } from 'vue'
import { useUnsaved } from '@/stores/unsaved'
import { useLeaving } from './useLeaving'

let dirty = true
let leaving: ReturnType<typeof useLeaving>
const View = defineComponent(() => {
  leaving = useLeaving(() => dirty)
  return () => h('p')
})

beforeEach(() => {
  dirty = true
  setActivePinia(createPinia())
})

async function shown() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: View },
      { path: '/other', component: defineComponent(() => () => h('p')) },
    ],
  })
  await router.push('/')
  mount(RouterView, { global: { plugins: [router] } })
  return router
}

it('asks before the page is locked, and staying keeps what is there', async () => {
  await shown()
  const may = useUnsaved().mayGetLost()
  expect(leaving.asking.value).toBe(true)
  leaving.decide(false)
  expect(await may).toBe(false)
})

it('lets the page be locked once the person agrees', async () => {
  await shown()
  const may = useUnsaved().mayGetLost()
  leaving.decide(true)
  expect(await may).toBe(true)
})

it('asks nothing when nothing is changed', async () => {
  dirty = false
  await shown()
  expect(await useUnsaved().mayGetLost()).toBe(true)
  expect(leaving.asking.value).toBe(false)
})

it('asks nothing for a view that is no longer there', async () => {
  const router = await shown()
  const left = router.push('/other')
  await flushPromises()
  leaving.decide(true)
  await left
  await flushPromises()
  expect(await useUnsaved().mayGetLost()).toBe(true)
})
