/** The built page; start with {@link io.github.codebuddy2api.frontend.AdminPage}. Its sources are TypeScript beside this. */
package io.github.codebuddy2api.frontend;
