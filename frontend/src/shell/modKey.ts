/** What the key that goes with others is called on this machine. */
export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform)
export const MOD = IS_MAC ? '⌘' : 'Ctrl'
