package io.github.codebuddy2api.codebuddy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How everything besides chat is asked for: logins, refresh, accounts, models and credits.
 *
 * @param paths where the upstream's calls are, if not where {@link Endpoint} says; each begins with a slash
 * @param furtherSites origins on which a sign-in page may be, besides the upstream's known sites and its endpoint
 * @param platform which of its programs we say we are when a login begins
 * @param deadline how long one call may take, its answer included
 * @param maxReplyBytes the largest answer we agree to hold, in bytes; those with tokens are held to less
 */
public record ServiceOptions(
        Map<Endpoint, String> paths, List<URI> furtherSites, String platform, Duration deadline, int maxReplyBytes) {
    // Before DEFAULT, which is checked against them.
    private static final int MIN_REPLY_BYTES = 1024;
    private static final int MAX_REPLY_BYTES = 64 * 1024 * 1024;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~-]{1,128}){1,16}");
    private static final Pattern PLATFORM = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** The paths of the protocol sheet, no further site, {@code CLI}, 30 s and 4 MiB. */
    public static final ServiceOptions DEFAULT =
            new ServiceOptions(Map.of(), List.of(), "CLI", Duration.ofSeconds(30), 4 * 1024 * 1024);

    public ServiceOptions {
        paths = Map.copyOf(paths);
        furtherSites = List.copyOf(furtherSites);
        Objects.requireNonNull(deadline, "deadline");
        if (!paths.values().stream().allMatch(path -> PATH.matcher(path).matches())) {
            throw new IllegalArgumentException("a path must look like /v2/plugin/accounts");
        }
        if (furtherSites.stream().anyMatch(site -> Origins.of(site) == null)) {
            throw new IllegalArgumentException("a site must look like https://host, or be a loopback address");
        }
        if (!PLATFORM.matcher(platform).matches()) {
            throw new IllegalArgumentException("platform must be a word");
        }
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline must be more than nothing and at most 10 minutes");
        }
        if (maxReplyBytes < MIN_REPLY_BYTES || maxReplyBytes > MAX_REPLY_BYTES) {
            throw new IllegalArgumentException("maxReplyBytes must be from 1 KiB to 64 MiB");
        }
    }

    /** The same with sign-in pages on other sites, too. */
    public ServiceOptions withFurtherSites(List<URI> other) {
        return new ServiceOptions(paths, other, platform, deadline, maxReplyBytes);
    }

    /** The same with other paths. */
    public ServiceOptions withPaths(Map<Endpoint, String> other) {
        return new ServiceOptions(other, furtherSites, platform, deadline, maxReplyBytes);
    }

    /** The same with another deadline. */
    public ServiceOptions withDeadline(Duration other) {
        return new ServiceOptions(paths, furtherSites, platform, other, maxReplyBytes);
    }

    /** The same with another limit on an answer. */
    public ServiceOptions withMaxReplyBytes(int other) {
        return new ServiceOptions(paths, furtherSites, platform, deadline, other);
    }

    /** Where a call is. */
    String pathOf(Endpoint endpoint) {
        return paths.getOrDefault(endpoint, endpoint.path());
    }
}
