export default {
  name: 'CodeBuddy2API',
  skip: 'Skip to the content',
  more: 'More',
  signOut: 'Lock this page',
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  running: 'Running',
}
