package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever tries passwords gets nowhere, and keeps nobody out. Each request takes one of the clock's steps. */
@Tag("trust")
@Tag("P19")
class GuessingTest {
    private static final String STATUS = "/api/status";
    private static final Duration STEP = Duration.ofMillis(6);
    private static final long WINDOW = Duration.ofMinutes(1).toMillis();

    private final ManualTime time = new ManualTime();
    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned(time, Map.of(), Credentials.named("one"));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    /** When the guesses of one address, or of all, were looked at. */
    private static final class Checked {
        private final List<Long> at = new ArrayList<>();

        void add(long millis) {
            at.add(millis);
        }

        int all() {
            return at.size();
        }

        /** The most within any one minute. */
        int densest() {
            int most = 0;
            for (int last = 0, first = 0; last < at.size(); last++) {
                while (at.get(last) - at.get(first) >= WINDOW) {
                    first++;
                }
                most = Math.max(most, last - first + 1);
            }
            return most;
        }
    }

    /** What a flood found out, and what the owner met meanwhile. */
    private final class Flood {
        private final Checked together = new Checked();
        private final Map<RawCaller, Checked> each = new HashMap<>();
        private int refused;
        private int longestWait;

        void guess(RawCaller from, int number) {
            RawCaller.Response response = number % 2 == 0 ? bearer(from, "guess-" + number) : login(from, number);
            if (response.status() == 401) {
                together.add(millis());
                each.computeIfAbsent(from, unused -> new Checked()).add(millis());
            } else {
                assertThat(response.status()).isEqualTo(429);
                refused++;
                longestWait = Math.max(longestWait, Integer.parseInt(response.header("retry-after")));
            }
            time.advance(STEP);
        }

        private RawCaller.Response login(RawCaller from, int number) {
            String body = "{\"password\":\"guess-" + number + "\"}";
            return from.send("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .response();
        }

        int densestOfOne() {
            return each.values().stream().mapToInt(Checked::densest).max().orElse(0);
        }
    }

    private long millis() {
        return Duration.ofNanos(time.nanoTime()).toMillis();
    }

    private static RawCaller.Response bearer(RawCaller from, String token) {
        return from.send(
                        "GET " + STATUS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .response();
    }

    private RawCaller from(int number) {
        try {
            byte[] address = {127, 0, (byte) (1 + number / 250), (byte) (1 + number % 250)};
            return new RawCaller(
                    InetAddress.getByAddress(address), owned.adapter().port());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void from_one_address_nothing_is_found_and_the_owner_at_it_waits_a_minute() throws Exception {
        Proof proof = Proof.of(Promise.P19, "guesses-from-one-address")
                .without(
                        "the owner's other programs at the guesser's own address wait while he goes on (decision 0017)");
        int guesses = proof.amount(1_000, 5_000, 100_000);
        proof.show(() -> {
            Browser session = new Browser(owned).loggedIn();
            int ofSession = 0;
            int ofNeighbour = 0;
            Flood flood = new Flood();
            try (RawCaller guesser = owned.connect();
                    RawCaller neighbour = from(0)) {
                for (int i = 0; i < guesses; i++) {
                    flood.guess(guesser, i);
                    if (i % 100 == 0) {
                        ofSession += session.get(STATUS).status() == 200 ? 1 : 0;
                        ofNeighbour += bearer(neighbour, Served.PASSWORD).status() == 200 ? 1 : 0;
                    }
                }
            }
            int asked = (guesses + 99) / 100;
            assertThat(flood.densestOfOne()).isLessThanOrEqualTo(10);
            assertThat(ofSession).isEqualTo(asked);
            assertThat(ofNeighbour).isEqualTo(asked);
            int wait = secondsUntilBack();
            return guesses + " guesses from 1 address in " + millis() / 1000 + " s of the clock: "
                    + flood.together.all() + " looked at, at most " + flood.densestOfOne() + " within any minute, "
                    + flood.refused + " refused unseen; meanwhile " + ofSession + " of " + asked
                    + " calls of the owner's session and " + ofNeighbour + " of " + asked
                    + " of his client at another address were served; at the guesser's own address he logged in "
                    + wait + " s after the last guess";
        });
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void from_a_thousand_addresses_nothing_is_found_and_who_is_known_goes_on() throws Exception {
        Proof proof = Proof.of(Promise.P19, "guesses-from-a-thousand-addresses")
                .without("an owner at an address that never had the password since the start waits while they go on");
        int addresses = proof.amount(100, 400, 1_000);
        int guesses = proof.amount(2_000, 5_000, 100_000);
        proof.show(() -> {
            Browser session = new Browser(owned).loggedIn();
            int ofSession = 0;
            int logins = 0;
            Flood flood = new Flood();
            List<RawCaller> guessers = new ArrayList<>();
            try {
                for (int i = 0; i < addresses; i++) {
                    guessers.add(from(i));
                }
                for (int i = 0; i < guesses; i++) {
                    flood.guess(guessers.get(i % addresses), i);
                    if (i % 100 == 0) {
                        ofSession += session.get(STATUS).status() == 200 ? 1 : 0;
                        logins += new Browser(owned).login(Served.PASSWORD).status() == 200 ? 1 : 0;
                        session.loggedIn();
                    }
                }
            } finally {
                guessers.forEach(RawCaller::close);
            }
            int asked = (guesses + 99) / 100;
            assertThat(flood.densestOfOne()).isLessThanOrEqualTo(10);
            assertThat(flood.together.densest()).isLessThanOrEqualTo(60);
            assertThat(flood.longestWait).isBetween(1, 60);
            assertThat(ofSession).isEqualTo(asked);
            assertThat(logins).isEqualTo(asked);
            return guesses + " guesses from " + addresses + " addresses in " + millis() / 1000 + " s of the clock: "
                    + flood.together.all() + " looked at, at most " + flood.together.densest()
                    + " within any minute, " + flood.refused + " refused unseen (wait at most " + flood.longestWait
                    + " s); meanwhile " + ofSession + " of " + asked + " calls of the owner's session and " + logins
                    + " of " + asked + " of his logins were served";
        });
    }

    /** How long the owner has to wait at an address from which somebody has just guessed. */
    private int secondsUntilBack() {
        for (int seconds = 0; seconds <= 60; seconds++) {
            if (new Browser(owned).login(Served.PASSWORD).status() == 200) {
                return seconds;
            }
            time.advance(Duration.ofSeconds(1));
        }
        throw new AssertionError("the owner was still refused after a minute");
    }
}
