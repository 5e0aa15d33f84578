package io.github.codebuddy2api.codebuddy;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of addresses to which something secret may go. Pure. */
final class Origins {
    /** The upstream's own sites (protocol sheet, 1.1). */
    private static final Set<String> KNOWN = Set.of(
            "https://copilot.tencent.com:443",
            "https://www.codebuddy.cn:443",
            "https://www.workbuddy.cn:443",
            "https://www.codebuddy.ai:443",
            "https://www.workbuddy.ai:443");

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private Origins() {}

    /** The origin in one form, with its port; null if it is neither HTTPS nor a loopback address, or names a user. */
    static @Nullable String of(URI address) {
        String scheme = lower(address.getScheme());
        String host = lower(address.getHost());
        boolean https = scheme.equals("https");
        boolean local = scheme.equals("http") && LOOPBACK.matcher(host).matches();
        if (host.isEmpty() || !https && !local || address.getRawUserInfo() != null) {
            return null;
        }
        int usual = https ? HTTPS_PORT : HTTP_PORT;
        return scheme + "://" + host + ":" + (address.getPort() < 0 ? usual : address.getPort());
    }

    /** Whether a person may be sent to {@code address} to sign in. */
    static boolean isSignInSite(URI address, CodeBuddyOptions options) {
        String origin = of(address);
        return origin != null
                && (KNOWN.contains(origin)
                        || origin.equals(of(options.endpoint()))
                        || options.services().furtherSites().stream().anyMatch(site -> origin.equals(of(site))));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
