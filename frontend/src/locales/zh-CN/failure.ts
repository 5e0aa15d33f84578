/** 在合适的地方代替服务器自己的说明。 */
export default {
  offline: '服务器没有响应，请确认它正在运行。',
  unexpected: '发生了意外错误，请重新加载页面。',
  stale_view: '内容已发生变化，请查看最新状态后重试。',
  session_expired: '登录已失效，请重新输入密码。',
  credential_not_found: '该账号已不存在，正在重新加载列表。',
  account_not_found: '此登录不能用于该账号，请重新打开列表选择其他账号。',
  credential_rejected: 'CodeBuddy 不接受此账号的登录，请重新登录。',
  persist_failed: '服务器无法写入磁盘，未做任何更改。请检查磁盘空间和权限。',
  server_shutting_down: '服务器正在关闭，请在它恢复后重试。',
  upstream_unreachable: '服务器无法连接 CodeBuddy，请检查服务器网络和设置中的站点。',
  upstream_tls_error: '与 CodeBuddy 的安全连接失败，请检查网络或中间的代理。',
  upstream_timeout: 'CodeBuddy 没有及时响应，请稍后重试。',
}
