/** What other parts of the page use of the sign-in: the pill for the top bar, and the state of it. */
export { default as LoginPill } from './LoginPill.vue'
export { useLogin } from './store'
