/**
 * The files of the admin page, held in memory and served under fixed paths. Start at {@link
 * io.github.codebuddy2api.http.page.PageFiles}.
 */
package io.github.codebuddy2api.http.page;
