export default {
  title: 'Rules',
}
