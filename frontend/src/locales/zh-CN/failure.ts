/** 在合适的地方代替服务器自己的说明。 */
export default {
  offline: '服务器没有响应，请确认它正在运行。',
  unexpected: '发生了意外错误，请重新加载页面。',
  stale_view: '内容已发生变化，请查看最新状态后重试。',
  session_expired: '登录已失效，请重新输入密码。',
}
