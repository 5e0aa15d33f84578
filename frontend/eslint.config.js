import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

export default [
    { ignores: ['target/', 'node_modules/', 'public/'] },
    js.configs.recommended,
    ...typescript.configs.strict,
    ...vue.configs['flat/recommended'],
    {
        files: ['**/*.vue'],
        languageOptions: { parserOptions: { parser: typescript.parser } },
    },
    {
        files: ['src/**/*.{ts,vue}'],
        rules: {
            'no-undef': 'off', // TypeScript knows better.
            'max-lines': ['error', 400],
            'vue/no-static-inline-styles': 'error', // The page's policy refuses them.
            'vue/no-v-html': 'error',
            'vue/define-props-declaration': 'error',
            'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
            'vue/require-default-prop': 'off', // Optional props are typed as such.
        },
    },
    {
        files: ['build/*.mjs'],
        languageOptions: {
            globals: { console: 'readonly', process: 'readonly', Buffer: 'readonly', URL: 'readonly' },
        },
    },
    prettier,
]
