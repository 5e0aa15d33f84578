export default {
  name: 'CodeBuddy2API',
  skip: '跳到正文',
  more: '更多',
  signOut: '锁定页面',
  theme: { label: '主题', system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',
  running: '运行中',
}
