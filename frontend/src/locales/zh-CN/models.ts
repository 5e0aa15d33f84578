export default {
  title: '模型',
}
