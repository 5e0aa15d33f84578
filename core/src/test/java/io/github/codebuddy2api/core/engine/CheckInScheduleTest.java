package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayEvent.CheckedIn;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Upkeep;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckInScheduleTest {
    private static final LocalTime HALF_PAST_NINE = LocalTime.of(9, 30);

    private final MovedTime time = new MovedTime(at(0, LocalTime.of(8, 0)));
    private final List<GatewayEvent> events = new ArrayList<>();
    private final List<String> claims = new ArrayList<>();
    private final List<Credential> credentials = new ArrayList<>();
    private final CheckIns checkIns = new CheckIns(new Claims(), time, unused -> {});
    private GatewaySettings settings = checkingInAt(HALF_PAST_NINE);
    private Supplier<CheckIn> outcome = () -> new CheckIn.Claimed(BigDecimal.TEN, 1);
    private final CheckInSchedule schedule = new CheckInSchedule(
            checkIns,
            new FixedShelf(credentials),
            () -> settings,
            new Engine.Surroundings(events::add, time, new Random(1)));

    @Test
    void nothing_is_claimed_unless_the_owner_chose_a_time() {
        settings = checkingInAt(null);
        add("a", "uid-1", null);
        time.moveTo(at(0, LocalTime.of(23, 59)));

        schedule.run();

        assertThat(schedule.nextDue()).isEqualTo(Chore.NEVER);
        assertThat(claims).isEmpty();
    }

    @Test
    void every_personal_account_is_claimed_once_a_day_at_that_time() {
        add("a", "uid-1", null);
        add("again", "uid-1", null);
        add("works", "uid-1", "enterprise");
        add("b", "uid-2", null);

        assertThat(schedule.nextDue()).isEqualTo(at(0, HALF_PAST_NINE));
        runWhileDue();
        assertThat(claims).isEmpty();

        time.moveTo(at(0, HALF_PAST_NINE));
        runWhileDue();
        assertThat(claims).containsExactly("a", "b");
        assertThat(schedule.nextDue()).isEqualTo(at(1, HALF_PAST_NINE));

        time.moveTo(at(1, HALF_PAST_NINE));
        runWhileDue();
        assertThat(claims).containsExactly("a", "b", "a", "b");
        assertThat(events)
                .startsWith(new CheckedIn(new CredentialId("a"), null), new CheckedIn(new CredentialId("b"), null));
    }

    @Test
    void one_run_asks_about_one_account() {
        add("a", "uid-1", null);
        add("b", "uid-2", null);
        time.moveTo(at(0, HALF_PAST_NINE));

        schedule.run();

        assertThat(claims).containsExactly("a");
        assertThat(schedule.nextDue()).isEqualTo(time.instant());
    }

    @Test
    void what_was_missed_is_made_up_for() {
        time.moveTo(at(0, LocalTime.of(20, 0)));
        runWhileDue();
        add("late", "uid-1", null);

        runWhileDue();

        assertThat(claims).containsExactly("late");
    }

    @Test
    void what_the_owner_claimed_is_not_claimed_again() {
        Credential credential = add("a", "uid-1", null);
        checkIns.claim(credential);
        time.moveTo(at(0, HALF_PAST_NINE));

        runWhileDue();

        assertThat(claims).containsExactly("a");
        assertThat(events).isEmpty();
        assertThat(schedule.nextDue()).isEqualTo(at(1, HALF_PAST_NINE));
    }

    @Test
    void trouble_is_tried_again_half_an_hour_later_and_three_times_a_day() {
        add("a", "uid-1", null);
        time.moveTo(at(0, HALF_PAST_NINE));
        outcome = CheckInScheduleTest::trouble;

        runWhileDue();
        assertThat(schedule.nextDue()).isEqualTo(at(0, LocalTime.of(10, 0)));
        time.moveTo(at(0, LocalTime.of(10, 0)));
        runWhileDue();
        time.moveTo(at(0, LocalTime.of(10, 30)));
        runWhileDue();

        assertThat(claims).hasSize(CheckInSchedule.MAX_TRIES);
        assertThat(schedule.nextDue()).isEqualTo(at(1, HALF_PAST_NINE));
        assertThat(events).containsOnly(new CheckedIn(new CredentialId("a"), "upstream_error"));
        time.moveTo(at(1, HALF_PAST_NINE));
        outcome = () -> new CheckIn.Claimed(BigDecimal.TEN, 1);
        runWhileDue();
        assertThat(events).endsWith(new CheckedIn(new CredentialId("a"), null));
    }

    @Test
    void a_bug_is_not_tried_again_and_again() {
        add("a", "uid-1", null);
        time.moveTo(at(0, HALF_PAST_NINE));
        outcome = () -> {
            throw new IllegalStateException("a bug");
        };

        assertThatThrownBy(schedule::run).isInstanceOf(IllegalStateException.class);

        assertThat(schedule.nextDue()).isEqualTo(at(0, LocalTime.of(10, 0)));
    }

    @Test
    void what_is_not_offered_is_asked_for_once_a_day() {
        add("a", "uid-1", null);
        outcome = CheckIn.NotOffered::new;
        time.moveTo(at(0, HALF_PAST_NINE));

        runWhileDue();

        assertThat(claims).hasSize(1);
        assertThat(events).containsExactly(new CheckedIn(new CredentialId("a"), CheckInSchedule.NOT_OFFERED));
    }

    @Test
    void a_run_before_its_time_does_nothing() {
        add("a", "uid-1", null);

        schedule.run();

        assertThat(claims).isEmpty();
    }

    @Test
    void a_clock_that_goes_on_between_two_looks_does_not_keep_it_from_running() {
        add("a", "uid-1", null);
        time.moveTo(at(0, HALF_PAST_NINE));
        CheckInSchedule onRealClock = new CheckInSchedule(
                checkIns,
                new FixedShelf(credentials),
                () -> settings,
                new Engine.Surroundings(events::add, new Ticking(time), new Random(1)));

        onRealClock.run();

        assertThat(claims).containsExactly("a");
    }

    @Test
    void a_claim_holds_for_the_chinese_day() {
        Credential credential = Credential.of("a", "not-a-token");
        Instant beforeMidnight = Instant.parse("2026-06-10T15:59:59Z");
        time.moveTo(beforeMidnight);

        checkIns.claim(credential);

        assertThat(checkIns.isClaimed(credential, Instant.parse("2026-06-09T16:00:00Z")))
                .isTrue();
        assertThat(checkIns.isClaimed(credential, beforeMidnight.plusSeconds(1)))
                .isFalse();
    }

    /** Moves on by a nanosecond at each look. */
    private record Ticking(MovedTime time) implements Time {
        @Override
        public Instant instant() {
            time.advance(Duration.ofNanos(1));
            return time.instant();
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }
    }

    /** As the background thread does; more often than there are accounts would never end. */
    private void runWhileDue() {
        for (int i = 0; i < 10 && !schedule.nextDue().isAfter(time.instant()); i++) {
            schedule.run();
        }
        assertThat(schedule.nextDue()).isAfter(time.instant());
    }

    private Credential add(String id, String uid, @Nullable String enterprise) {
        Credential credential = Credential.of(id, "not-a-token-of-" + id)
                .with(new Account(uid, null, null, null, null, enterprise, null, null));
        credentials.add(credential);
        return credential;
    }

    private static CheckIn trouble() throws GatewayException {
        throw new UpstreamUnavailable(UpstreamUnavailable.Reason.ERROR, null, "Trouble.", null);
    }

    private static GatewaySettings checkingInAt(@Nullable LocalTime moment) {
        return GatewaySettings.DEFAULT.with(new Upkeep(Duration.ofDays(1), moment));
    }

    private static Instant at(int day, LocalTime moment) {
        return LocalDate.of(2026, 6, 10)
                .plusDays(day)
                .atTime(moment)
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }

    private final class Claims implements QuotaSource {
        @Override
        public Quota quota(Credential credential) {
            throw new AssertionError("nobody wants to know");
        }

        @Override
        public CheckIn checkInStatus(Credential credential) {
            throw new AssertionError("nobody wants to know");
        }

        @Override
        public CheckIn checkIn(Credential credential) {
            claims.add(credential.id().value());
            return outcome.get();
        }
    }
}
