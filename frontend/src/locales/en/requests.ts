export default {
  title: 'Requests',
}
