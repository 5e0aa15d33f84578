/**
 * The moving parts behind the api, not exported. {@link io.github.codebuddy2api.core.engine.ChatService} is the one to
 * read first: lease a credential, open, wait for the first chunk, or fail over.
 */
package io.github.codebuddy2api.core.engine;
