export default {
  title: '规则',
}
