package io.github.codebuddy2api.http.guard;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Helidon's connection with our reader and writer in place of its own. */
final class GuardedContext implements ConnectionContext {
    private final ConnectionContext underlying;
    private final CallerConnection connection;
    private final ListenerContext listener;
    private final DataWriter writer;

    GuardedContext(ConnectionContext underlying, CallerConnection connection, ListenerContext listener) {
        this.underlying = underlying;
        this.connection = connection;
        this.listener = listener;
        this.writer = new TimedWriter(underlying.dataWriter(), connection);
    }

    CallerConnection connection() {
        return connection;
    }

    @Override
    public DataReader dataReader() {
        return connection.inbound().reader();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        return listener;
    }

    @Override
    public ExecutorService executor() {
        return underlying.executor();
    }

    @Override
    public Router router() {
        return underlying.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return underlying.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return underlying.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return underlying.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return underlying.localPeer();
    }

    @Override
    public boolean isSecure() {
        return underlying.isSecure();
    }

    @Override
    public String socketId() {
        return underlying.socketId();
    }

    @Override
    public String childSocketId() {
        return underlying.childSocketId();
    }
}
