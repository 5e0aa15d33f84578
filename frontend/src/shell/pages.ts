import {
  Activity,
  Boxes,
  LayoutDashboard,
  MessageSquare,
  ReplaceAll,
  Settings,
  UsersRound,
} from '@lucide/vue'

/** The pages in the order of the rail, each named like its route and its words in the locales. */
export const PAGES = [
  { name: 'overview', icon: LayoutDashboard, keys: 'g o' },
  { name: 'accounts', icon: UsersRound, keys: 'g a' },
  { name: 'requests', icon: Activity, keys: 'g r' },
  { name: 'trial', icon: MessageSquare, keys: 'g t' },
  { name: 'models', icon: Boxes, keys: 'g m' },
  { name: 'rules', icon: ReplaceAll, keys: 'g k' },
  { name: 'settings', icon: Settings, keys: 'g s' },
] as const

export type PageName = (typeof PAGES)[number]['name']

/** What a phone shows at its bottom edge; the others are behind "More". */
export const ON_PHONE: readonly PageName[] = ['overview', 'accounts', 'requests', 'trial']

/** Ctrl or Cmd with a digit, as in the original service's page. */
export const BY_DIGIT: readonly PageName[] = ['overview', 'accounts', 'trial', 'settings']
