import { createRouter, createWebHashHistory } from 'vue-router'
import OverviewView from './views/overview/OverviewView.vue'

/** Addresses live behind the hash, so that the page works under `/` and `/admin` alike. */
export const router = createRouter({
  history: createWebHashHistory(),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/', name: 'overview', component: OverviewView },
    {
      path: '/accounts/:id?',
      name: 'accounts',
      component: () => import('./views/accounts/AccountsView.vue'),
    },
    {
      path: '/requests/:id?',
      name: 'requests',
      component: () => import('./views/requests/RequestsView.vue'),
    },
    { path: '/try', name: 'trial', component: () => import('./views/trial/TrialView.vue') },
    { path: '/models', name: 'models', component: () => import('./views/models/ModelsView.vue') },
    { path: '/rules', name: 'rules', component: () => import('./views/rules/RulesView.vue') },
    {
      path: '/settings/:group?',
      name: 'settings',
      component: () => import('./views/settings/SettingsView.vue'),
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
