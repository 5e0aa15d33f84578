package io.github.codebuddy2api.http.auth;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What callers are told apart by when their guesses are counted. A proxy on this machine names them in {@code
 * X-Forwarded-For}; whoever else writes that header there can pass for many, who may not guess more together than all.
 */
final class CallerAddress {
    /** Whoever has one address of IPv6 has as many as he likes that begin like this. */
    private static final int NETWORK_BYTES = 8;

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    private CallerAddress() {}

    /** The address from which {@code request} comes; empty if it has none. */
    static String of(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? of(peer.getAddress(), request.headers().all(HeaderNames.X_FORWARDED_FOR, List::of))
                : "";
    }

    /** The same for a connection from {@code peer} and the values of that header. */
    static String of(InetAddress peer, List<String> forwardedFor) {
        String direct = text(peer);
        if (!peer.isLoopbackAddress() || forwardedFor.isEmpty()) {
            return direct;
        }
        String all = forwardedFor.getLast();
        // The nearest proxy has added the last one; what stands before it anybody may have written.
        return read(all.substring(all.lastIndexOf(',') + 1).strip())
                .map(caller -> direct + " for " + caller)
                .orElse(direct);
    }

    private static Optional<String> read(String caller) {
        if (IPV4.matcher(caller).matches()) {
            return Optional.of(caller);
        }
        if (!IPV6.matcher(caller).matches()) {
            return Optional.empty();
        }
        try {
            // With a colon in it and a digit or colon first, it is an address or nothing: no name is looked up.
            return Optional.of(text(InetAddress.getAllByName(caller)[0]));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress()
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
