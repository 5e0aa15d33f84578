/** 按代码说明请求的结果：几个字、一句话，以及可以怎么做。 */
export default {
  // CodeBuddy 与账号
  rate_limit_exceeded: {
    short: '请求过多',
    what: 'CodeBuddy 限制了请求频率，并且没有其他空闲账号可以处理这个请求。',
    todo: '请等待账号恢复可用，或添加其他账号。',
  },
  insufficient_quota: {
    short: '额度已用完',
    what: '能处理这个请求的账号都没有剩余额度了。',
    todo: '请等待额度恢复，或添加其他账号。',
  },
  no_credentials: {
    short: '没有账号',
    what: '没有可以用来发送请求的账号。',
    todo: '请添加账号。',
  },
  no_usable_credentials: {
    short: '没有可用账号',
    what: '所有账号都无法使用：已退出登录、已停用或正在续期。',
    todo: '请在下方查看原因，然后重新登录或启用账号。',
  },
  credential_rejected: {
    short: '登录被拒绝',
    what: 'CodeBuddy 不再接受这个账号的登录。',
    todo: '请重新登录这个账号。',
  },
  credential_not_refreshable: {
    short: '无法续期',
    what: '这个账号的登录已到期，且无法自动续期。',
    todo: '请重新登录这个账号。',
  },
  credential_not_found: {
    short: '账号已移除',
    what: '这个账号在此期间被移除了。',
    todo: '请重新发送请求。',
  },
  upstream_refused: {
    short: 'CodeBuddy 拒绝',
    what: 'CodeBuddy 拒绝了请求本身，换其他账号也会得到同样的结果。',
    todo: '请修改请求内容；客户端收到的消息说明了拒绝原因。',
  },
  content_policy_violation: {
    short: '内容被拒绝',
    what: 'CodeBuddy 拒绝了请求的内容。',
    todo: '请修改内容后重新发送。',
  },
  context_length_exceeded: {
    short: '内容过长',
    what: '对话长度超过了模型的上限。',
    todo: '请缩短内容、新建对话，或选择上下文更长的模型。',
  },
  model_not_found: {
    short: '未知模型',
    what: '没有账号提供这个模型。',
    todo: '请从“模型”页选择模型，或在“设置”中把它加入列表。',
  },
  // 前往 CodeBuddy 的途中
  upstream_unreachable: {
    short: '无法连接',
    what: '无法连接 CodeBuddy，或在收到回答前连接中断。',
    todo: '请检查服务器的网络和代理，然后重新发送。',
  },
  upstream_tls_error: {
    short: '连接不安全',
    what: '无法与 CodeBuddy 建立安全连接：证书未被接受。',
    todo: '请检查服务器的时钟，以及中间是否有设备拦截连接。',
  },
  upstream_redirect: {
    short: '被重定向',
    what: '回答指向了另一个地址，而服务器不会跟随重定向。',
    todo: '请在“设置”中检查 CodeBuddy 的地址，并确认没有网络登录页拦截。',
  },
  upstream_malformed: {
    short: '无法解析',
    what: 'CodeBuddy 返回的内容不是有效的回答。',
    todo: '请重新发送；如果一直如此，服务器可能需要更新。',
  },
  upstream_error: {
    short: 'CodeBuddy 出错',
    what: 'CodeBuddy 返回了它自身的错误。',
    todo: '请稍后重新发送。',
  },
  upstream_timeout: {
    short: '超时',
    what: 'CodeBuddy 没有及时回答，但可能已经计费。',
    todo: '请重新发送，或在“设置”中延长时限。',
  },
  upstream_incomplete: {
    short: '提前结束',
    what: 'CodeBuddy 在回答完成之前就结束了。',
    todo: '已收到的内容已转交；如需完整回答，请重新发送。',
  },
  upstream_event_too_large: {
    short: '片段过大',
    what: '回答中的单个片段超过了允许的大小。',
    todo: '请减少一次请求的内容。',
  },
  stream_duration_exceeded: {
    short: '持续过久',
    what: '回答持续的时间超过了上限，因此被结束。',
    todo: '请减少一次请求的内容，或在“设置”中延长时限。',
  },
  oauth_upstream_invalid: {
    short: '续期失败',
    what: '续期登录时，CodeBuddy 返回的内容不是有效的回答。',
    todo: '服务器会自动重试；如果一直如此，请重新登录。',
  },
  // 服务器自身
  server_overloaded: {
    short: '服务器繁忙',
    what: '同时进行或等待的请求超过了服务器的上限。',
    todo: '请减少并发请求，或在“设置”中提高上限。',
  },
  server_shutting_down: {
    short: '正在停止',
    what: '服务器当时正在停止。',
    todo: '请在服务器重新运行后再次发送。',
  },
  internal_error: {
    short: '内部错误',
    what: '服务器自身出现了错误。',
    todo: '请用请求 ID 在日志中查找，并反馈此问题。',
  },
  persist_failed: {
    short: '保存失败',
    what: '服务器的磁盘拒绝保存。',
    todo: '请检查磁盘空间和写入权限。',
  },
  client_closed: {
    short: '客户端断开',
    what: '客户端在回答完成之前关闭了连接。',
    todo: '无需处理；如果是客户端等待超时，请延长它的时限。',
  },
  cancelled: {
    short: '客户端断开',
    what: '请求在回答完成之前被放弃。',
    todo: '无需处理；如果是客户端等待超时，请延长它的时限。',
  },
  // 客户端发送的内容
  invalid_value: {
    short: '值有误',
    what: '请求中某个字段的值无效。',
    todo: '请更正该字段；客户端收到的消息指出了它的名称。',
  },
  missing_required_parameter: {
    short: '缺少字段',
    what: '请求中缺少一个字段。',
    todo: '请补充该字段；客户端收到的消息指出了它的名称。',
  },
  unsupported_parameter: {
    short: '不支持',
    what: '请求要求的功能在这里无法实现，例如一次返回多个回答。',
    todo: '请去掉该字段；客户端收到的消息指出了它的名称。',
  },
  invalid_json: {
    short: '不是 JSON',
    what: '客户端发送的内容不是有效的 JSON。',
    todo: '请检查客户端如何生成请求。',
  },
  bad_request: {
    short: '无法理解',
    what: '客户端发送的不是有效的 HTTP 请求。',
    todo: '请检查客户端以及中间的代理。',
  },
  request_too_large: {
    short: '请求过大',
    what: '请求超过了服务器接受的大小。',
    todo: '请减少内容，例如使用更小的图片或更少的文件。',
  },
  request_timeout: {
    short: '发送过慢',
    what: '客户端没有及时发送完整的请求。',
    todo: '请检查客户端与服务器之间的连接。',
  },
  unsupported_media_type: {
    short: '未按 JSON 发送',
    what: '请求没有标明为 JSON。',
    todo: '请让客户端发送 Content-Type: application/json 请求头。',
  },
  headers_too_large: {
    short: '请求头过大',
    what: '请求头超过了服务器接受的大小。',
    todo: '请检查客户端以及中间的代理。',
  },
  uri_too_long: {
    short: '地址过长',
    what: '请求的地址过长。',
    todo: '请检查客户端中的 Base URL。',
  },
  unknown_route: {
    short: '未知地址',
    what: '客户端请求的地址不存在。',
    todo: '请检查客户端中的 Base URL，它应以 /v1 结尾。',
  },
  method_not_allowed: {
    short: '方法有误',
    what: '这个地址不接受此类请求。',
    todo: '请检查客户端调用服务器的方式。',
  },
  // 访问权限
  invalid_api_key: {
    short: '密钥错误',
    what: '客户端的 API 密钥缺失或错误。',
    todo: '请在客户端中把服务器的密码填为 API 密钥。',
  },
  session_expired: {
    short: '已退出登录',
    what: '此页面的登录已失效。',
    todo: '请重新输入密码。',
  },
  too_many_attempts: {
    short: '尝试过多',
    what: '短时间内收到了过多错误密码。',
    todo: '请等待一分钟，并检查客户端中的密钥。',
  },
  password_not_configured: {
    short: '已锁定',
    what: '服务器没有设置密码，因此不提供服务。',
    todo: '请在设置文件中设置密码。',
  },
  insecure_password: {
    short: '已锁定',
    what: '服务器的密码太容易被猜到，因此不提供服务。',
    todo: '请在设置文件中设置更安全的密码。',
  },
  config_invalid: {
    short: '设置有误',
    what: '设置文件无法使用。',
    todo: '请更正设置文件，或在“设置”中恢复较早的版本。',
  },
  insufficient_scope: {
    short: '没有权限',
    what: '这个密钥没有相应的权限。',
    todo: '请使用其他密钥。',
  },
  host_not_allowed: {
    short: '主机名不允许',
    what: '服务器不接受请求所用的主机名。',
    todo: '请使用服务器自己的地址，或在“设置”中允许该名称。',
  },
  origin_not_allowed: {
    short: '网站不允许',
    what: '请求来自无权访问此服务器的网页。',
    todo: '如果是你的网页，请在“设置”中允许它的地址。',
  },
  csrf_check_failed: {
    short: '并非来自此页',
    what: '请求并非来自此页面。',
    todo: '请重新加载页面。',
  },
}
