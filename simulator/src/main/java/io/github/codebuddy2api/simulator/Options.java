package io.github.codebuddy2api.simulator;

import java.time.Duration;

/**
 * How a simulator is set up.
 *
 * @param port the loopback port, 0 for any free one
 * @param site which site is played
 * @param strictTokens whether tokens that were not issued here are refused
 * @param pendingPolls how many polls of a login stay unanswered before it succeeds by itself; {@link #BY_HAND} to wait for
 *     somebody at the login page
 * @param tokenLifetime how long issued access tokens are good
 * @param answerPace the time between two events of an ordinary answer
 * @param requestsKept how many requests the journal keeps; the oldest go first
 * @param bodyLimit the longest request body accepted, in bytes
 * @param connectionLimit how many connections may be open at once
 */
public record Options(
        int port,
        Site site,
        boolean strictTokens,
        int pendingPolls,
        Duration tokenLifetime,
        Duration answerPace,
        int requestsKept,
        int bodyLimit,
        int connectionLimit) {

    /** As {@link #pendingPolls}: a login ends only when somebody decides at the login page. */
    public static final int BY_HAND = Integer.MAX_VALUE;

    /** Refuses what cannot be meant. */
    public Options {
        if (port < 0 || port > 65_535 || pendingPolls < 0 || requestsKept < 1 || bodyLimit < 1 || connectionLimit < 1) {
            throw new IllegalArgumentException("port, counts and limits must not be negative or zero");
        }
        if (!tokenLifetime.isPositive() || answerPace.isNegative()) {
            throw new IllegalArgumentException("a lifetime is longer than zero and a pace not less than zero");
        }
    }

    /** Any port, the site in China, any token accepted, logins that succeed at the third poll, answers without delay. */
    public static Options defaults() {
        return new Options(
                0, Site.CHINA, false, 2, Duration.ofDays(365), Duration.ZERO, 10_000, 64 * 1024 * 1024, 4096);
    }

    /** These options with another port. */
    public Options withPort(int value) {
        return new Options(
                value,
                site,
                strictTokens,
                pendingPolls,
                tokenLifetime,
                answerPace,
                requestsKept,
                bodyLimit,
                connectionLimit);
    }

    /** These options with another site. */
    public Options withSite(Site value) {
        return new Options(
                port,
                value,
                strictTokens,
                pendingPolls,
                tokenLifetime,
                answerPace,
                requestsKept,
                bodyLimit,
                connectionLimit);
    }

    /** These options, refusing tokens that were not issued here if {@code value} is true. */
    public Options withStrictTokens(boolean value) {
        return new Options(
                port, site, value, pendingPolls, tokenLifetime, answerPace, requestsKept, bodyLimit, connectionLimit);
    }

    /** These options with another number of unanswered polls. */
    public Options withPendingPolls(int value) {
        return new Options(
                port, site, strictTokens, value, tokenLifetime, answerPace, requestsKept, bodyLimit, connectionLimit);
    }

    /** These options with another lifetime of access tokens. */
    public Options withTokenLifetime(Duration value) {
        return new Options(
                port, site, strictTokens, pendingPolls, value, answerPace, requestsKept, bodyLimit, connectionLimit);
    }

    /** These options with another time between the events of ordinary answers. */
    public Options withAnswerPace(Duration value) {
        return new Options(
                port, site, strictTokens, pendingPolls, tokenLifetime, value, requestsKept, bodyLimit, connectionLimit);
    }

    /** These options with another length of the journal. */
    public Options withRequestsKept(int value) {
        return new Options(
                port, site, strictTokens, pendingPolls, tokenLifetime, answerPace, value, bodyLimit, connectionLimit);
    }
}
