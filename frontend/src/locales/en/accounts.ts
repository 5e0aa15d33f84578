export default {
  title: 'Accounts',
}
