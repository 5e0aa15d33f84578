package io.github.codebuddy2api.http;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.feed.Feed;

/**
 * The last requests, for their owner to see, and who watches them: give it to the gateway as a listener and to {@link
 * HttpParts#with(RequestFeed)}. It keeps ids, kinds, counts and times, never content, and so many of them that its memory
 * is bounded. Quick and thread-safe.
 */
public final class RequestFeed implements EventListener {
    private final Feed feed;

    /**
     * A feed without requests.
     *
     * @param time the clock, the same as the endpoint's
     */
    public RequestFeed(Time time) {
        this.feed = new Feed(time);
    }

    @Override
    public void on(GatewayEvent event) {
        feed.on(event);
    }

    /** Tells those who watch that the settings have changed, whoever changed them. */
    public void settingsChanged() {
        feed.settingsChanged();
    }

    Feed feed() {
        return feed;
    }
}
