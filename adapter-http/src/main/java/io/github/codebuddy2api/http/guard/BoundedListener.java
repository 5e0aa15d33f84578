package io.github.codebuddy2api.http.guard;

import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;

/**
 * Helidon's listener with a limit on bodies that can be another one for each connection. Helidon has to know it itself,
 * because it holds each chunk of a body whole before anybody else can look at it.
 */
final class BoundedListener implements ListenerContext {
    private final ListenerContext underlying;
    private final int maxBodyBytes;
    private final ListenerConfig config;

    BoundedListener(ListenerContext underlying, int maxBodyBytes) {
        this.underlying = underlying;
        this.maxBodyBytes = maxBodyBytes;
        this.config = ListenerConfig.builder(underlying.config())
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .maxPayloadSize(maxBodyBytes)
                .build();
    }

    boolean allows(int bytes) {
        return maxBodyBytes == bytes;
    }

    @Override
    public ListenerConfig config() {
        return config;
    }

    @Override
    public Context context() {
        return underlying.context();
    }

    @Override
    public MediaContext mediaContext() {
        return underlying.mediaContext();
    }

    @Override
    public ContentEncodingContext contentEncodingContext() {
        return underlying.contentEncodingContext();
    }

    @Override
    public DirectHandlers directHandlers() {
        return underlying.directHandlers();
    }

    @Override
    public ExecutorService executor() {
        return underlying.executor();
    }
}
