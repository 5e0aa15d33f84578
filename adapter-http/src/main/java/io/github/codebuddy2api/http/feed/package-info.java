/**
 * What the owner watches live: the last requests and the stream of their changes. Start at {@link
 * io.github.codebuddy2api.http.feed.Feed}, which hears the gateway's events; {@link
 * io.github.codebuddy2api.http.feed.EventsHandler} hands their effect on.
 */
@NullMarked
package io.github.codebuddy2api.http.feed;

import org.jspecify.annotations.NullMarked;
