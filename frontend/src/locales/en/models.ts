export default {
  title: 'Models',
}
