package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What it means that no response came. Pure. */
final class ConnectionFailures {
    private static final int MAX_CAUSES = 16;

    private ConnectionFailures() {}

    /** The failure that {@code thrown}, by the JDK's HTTP client, stands for. */
    static GatewayException of(@Nullable Throwable thrown) {
        if (causeOf(thrown, ProtocolException.class) != null) {
            return UpstreamGarbled.malformed("The upstream's answer is not HTTP.", thrown);
        }
        SSLException tls = causeOf(thrown, SSLException.class);
        if (tls != null && causeOf(tls, EOFException.class) == null && causeOf(tls, SocketException.class) == null) {
            return new UpstreamUnavailable(
                    Reason.TLS, null, "The upstream's certificate or TLS could not be trusted.", thrown);
        }
        if (tls != null
                || causeOf(thrown, ConnectException.class) != null
                || causeOf(thrown, HttpConnectTimeoutException.class) != null) {
            return new UpstreamUnavailable(Reason.UNREACHABLE, null, "The upstream could not be reached.", thrown);
        }
        return new UpstreamUnavailable(
                Reason.BROKEN, null, "The connection to the upstream broke before an answer came.", thrown);
    }

    private static <T extends Throwable> @Nullable T causeOf(@Nullable Throwable thrown, Class<T> wanted) {
        Throwable at = thrown;
        for (int i = 0; i < MAX_CAUSES && at != null; i++) {
            if (wanted.isInstance(at)) {
                return wanted.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }
}
