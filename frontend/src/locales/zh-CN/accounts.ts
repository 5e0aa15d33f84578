export default {
  title: '账号',
}
