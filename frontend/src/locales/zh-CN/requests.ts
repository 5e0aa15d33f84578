export default {
  title: '请求',
}
