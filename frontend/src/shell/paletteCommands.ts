import {
  Boxes,
  Copy,
  Keyboard,
  Languages,
  LockKeyhole,
  Monitor,
  Moon,
  Plus,
  Sun,
  UserRound,
} from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { useCredentials, useModels } from '@/api/queries'
import { credentialName, credentialState } from '@/components/credentialLook'
import { useCopy } from '@/components/copying'
import { THEMES, usePreferences } from '@/stores/preferences'
import type { Command } from './commands'
import { PAGES } from './pages'

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon }

/** All that the palette offers. Nothing in it takes anything away. */
export function usePaletteCommands(own: { help: () => void; lock: () => void }) {
  const { t } = useI18n()
  const router = useRouter()
  const preferences = usePreferences()
  const copy = useCopy()
  const { data: accounts } = useCredentials()
  const { data: models } = useModels()

  const pages = computed<Command[]>(() =>
    PAGES.map((page) => ({
      id: `page-${page.name}`,
      group: 'pages',
      label: t(`${page.name}.title`),
      also: page.name,
      hint: page.keys.toUpperCase(),
      icon: page.icon,
      run: () => router.push({ name: page.name }),
    })),
  )

  const actions = computed<Command[]>(() => [
    {
      id: 'add-account',
      group: 'actions',
      label: t('shell.palette.addAccount'),
      also: 'add account login',
      icon: Plus,
      run: () => router.push({ name: 'accounts', query: { add: '1' } }),
    },
    {
      id: 'copy-url',
      group: 'actions',
      label: t('shell.palette.copyUrl'),
      also: 'copy base url endpoint',
      icon: Copy,
      run: () => copy(`${location.origin}/v1`, t('shell.palette.url')),
    },
    ...themes(),
    language(),
    {
      id: 'keys',
      group: 'actions',
      label: t('shell.keys.title'),
      also: 'keyboard shortcuts',
      hint: '?',
      icon: Keyboard,
      run: own.help,
    },
    {
      id: 'lock',
      group: 'actions',
      label: t('shell.lock'),
      also: 'lock log out',
      icon: LockKeyhole,
      run: own.lock,
    },
  ])

  function themes(): Command[] {
    return THEMES.filter((theme) => theme !== preferences.theme).map((theme) => ({
      id: `theme-${theme}`,
      group: 'actions',
      label: t('shell.palette.theme', { theme: t(`shell.theme.${theme}`) }),
      also: `theme ${theme}`,
      icon: THEME_ICONS[theme],
      run: () => (preferences.theme = theme),
    }))
  }

  function language(): Command {
    const english = preferences.language === 'en'
    return {
      id: 'language',
      group: 'actions',
      label: english ? '切换到简体中文' : 'Switch to English',
      also: 'language 语言 chinese 中文 english',
      icon: Languages,
      run: () => (preferences.language = english ? 'zh-CN' : 'en'),
    }
  }

  const ofAccounts = computed<Command[]>(() =>
    (accounts.value?.credentials ?? []).map((it) => ({
      id: `account-${it.id}`,
      group: 'accounts',
      label: credentialName(it),
      also: [it.name, it.email, it.enterprise_name, it.user_id].filter(Boolean).join(' '),
      hint: t(`common.state.${credentialState(it).word}`),
      icon: UserRound,
      run: () => router.push({ name: 'accounts', params: { id: it.id } }),
    })),
  )

  const ofModels = computed<Command[]>(() =>
    (models.value?.models ?? []).map((it) => ({
      id: `model-${it.id}`,
      group: 'models',
      label: it.id,
      also: it.name ?? undefined,
      icon: Boxes,
      run: () => router.push({ name: 'models', query: { q: it.id } }),
    })),
  )

  return computed(() => [...pages.value, ...actions.value, ...ofAccounts.value, ...ofModels.value])
}
