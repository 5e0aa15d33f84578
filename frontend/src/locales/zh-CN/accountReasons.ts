/** 账号冷却或请求失败的原因：列表中用短语，详情中用整句。 */
export default {
  other: 'CodeBuddy 或网络拒绝了请求（{code}）。',
  rate_limit_exceeded: {
    short: '请求过于频繁',
    long: 'CodeBuddy 限制了此账号的请求频率。冷却结束后会自动恢复。',
  },
  insufficient_quota: {
    short: '额度已用完',
    long: 'CodeBuddy 表示此账号已没有额度，稍后会再次尝试。',
  },
  credential_rejected: {
    short: '登录未被接受',
    long: 'CodeBuddy 没有接受此账号的登录。如果一直如此，请重新登录。',
  },
  upstream_refused: {
    short: '被拒绝',
    long: 'CodeBuddy 拒绝了该内容或调用方式，换一个账号结果也一样。',
  },
  upstream_unreachable: {
    short: '无法连接',
    long: '服务器无法连接 CodeBuddy，请检查服务器的网络。',
  },
  upstream_tls_error: {
    short: '安全连接失败',
    long: '与 CodeBuddy 的安全连接失败，请检查网络或中间的代理。',
  },
  upstream_redirect: {
    short: '被转到别处',
    long: 'CodeBuddy 指向了另一个地址，服务器不会跟随。请检查设置中的站点。',
  },
  upstream_error: {
    short: 'CodeBuddy 出错',
    long: 'CodeBuddy 返回了自身的错误，通常会自行恢复。',
  },
  upstream_timeout: {
    short: '没有响应',
    long: 'CodeBuddy 没有在规定时间内响应。',
  },
  stream_duration_exceeded: {
    short: '用时过长',
    long: '回答用时超过了时间上限。',
  },
  upstream_malformed: {
    short: '无法识别',
    long: 'CodeBuddy 返回了不符合其协议的内容。',
  },
  upstream_event_too_large: {
    short: '内容过大',
    long: 'CodeBuddy 返回的内容超过了单次可接收的大小。',
  },
  upstream_incomplete: {
    short: '回答中断',
    long: 'CodeBuddy 提前结束了回答。',
  },
  model_not_found: {
    short: '没有该模型',
    long: '此账号不提供该模型。',
  },
  no_credentials: { short: '没有账号', long: '当时没有可用的账号。' },
  no_usable_credentials: { short: '没有可用账号', long: '当时没有账号可以使用。' },
  credential_not_found: { short: '已移除', long: '该账号已不存在。' },
  client_closed: { short: '已取消', long: '客户端在回答完成前断开了。' },
}
