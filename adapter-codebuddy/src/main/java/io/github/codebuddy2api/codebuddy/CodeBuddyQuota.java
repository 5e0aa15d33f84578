package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.ServiceCalls.Call;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an account may still spend, and the daily check-in (protocol sheet, 8). */
final class CodeBuddyQuota implements QuotaSource {
    /** The activity is not running (8.4). */
    private static final String NOT_RUNNING = "5200";
    /** "Checked in already"; the code beside it differs from place to place, the words do not. */
    private static final String ALREADY = "\u5df2\u7b7e\u5230";

    private static final int PAGE_SIZE = 200;
    private static final int YEARS_AHEAD = 101;

    private final ServiceCalls calls;
    private final ServiceFailures failures;
    private final Time time;

    CodeBuddyQuota(ServiceCalls calls, ServiceFailures failures, Time time) {
        this.calls = calls;
        this.failures = failures;
        this.time = time;
    }

    @Override
    public Quota quota(Credential credential) {
        Instant now = time.instant();
        if (credential.account().enterprise().isPresent()) {
            return QuotaReply.ofEnterprise(success(Endpoint.ENTERPRISE_QUOTA, credential, "{}"), now);
        }
        String body = personalBody(now);
        Quota quota = QuotaReply.ofPerson(success(Endpoint.QUOTA, credential, body), now);
        // An empty list is sometimes a hiccup (8.1).
        return quota == null ? orNothing(QuotaReply.ofPerson(success(Endpoint.QUOTA, credential, body), now)) : quota;
    }

    private static Quota orNothing(@Nullable Quota quota) {
        return quota == null ? QuotaReply.NOTHING : quota;
    }

    private static String personalBody(Instant now) {
        LocalDateTime begin = LocalDateTime.ofInstant(now, ReplyFields.CHINA);
        return "{\"PageNumber\":1,\"PageSize\":" + PAGE_SIZE + ",\"ProductCode\":\"p_tcaca\",\"Status\":[0,3],"
                + "\"PackageEndTimeRangeBegin\":\"" + ReplyFields.LOCAL_TIME.format(begin) + "\","
                + "\"PackageEndTimeRangeEnd\":\"" + ReplyFields.LOCAL_TIME.format(begin.plusYears(YEARS_AHEAD))
                + "\"}";
    }

    @Override
    public CheckIn checkInStatus(Credential credential) {
        if (credential.account().enterprise().isPresent()) {
            return new CheckIn.NotOffered();
        }
        Reply reply = send(Endpoint.CHECK_IN_STATUS, credential, "{}");
        if (reply.code().equals(NOT_RUNNING)) {
            return new CheckIn.NotOffered();
        }
        JsonNode data = checked(reply);
        if (!data.path("active").isBoolean()) {
            throw ServiceFailures.incomplete("whether the check-in is offered");
        }
        if (!ReplyFields.isTrue(data, "active")) {
            return new CheckIn.NotOffered();
        }
        return ReplyFields.isTrue(data, "today_checked_in")
                ? new CheckIn.AlreadyClaimed()
                : new CheckIn.Open(credit(data, "daily_credit"), days(data));
    }

    @Override
    public CheckIn checkIn(Credential credential) {
        if (credential.account().enterprise().isPresent()) {
            return new CheckIn.NotOffered();
        }
        Reply reply = send(Endpoint.CHECK_IN, credential, "{}");
        if (reply.message().contains(ALREADY)) {
            return new CheckIn.AlreadyClaimed();
        }
        if (reply.code().equals(NOT_RUNNING)) {
            return new CheckIn.NotOffered();
        }
        JsonNode data = checked(reply);
        return new CheckIn.Claimed(credit(data, "credit"), days(data));
    }

    private static BigDecimal credit(JsonNode data, String member) {
        BigDecimal credit = ReplyFields.number(data, member);
        return credit == null ? BigDecimal.ZERO : credit;
    }

    private static int days(JsonNode data) {
        Long days = ReplyFields.positive(data, "streak_days");
        return days == null || days > Integer.MAX_VALUE ? 0 : days.intValue();
    }

    private JsonNode success(Endpoint endpoint, Credential credential, String json) {
        return checked(send(endpoint, credential, json));
    }

    private JsonNode checked(Reply reply) {
        if (!reply.isSuccess()) {
            throw failures.of(reply);
        }
        return reply.data();
    }

    private Reply send(Endpoint endpoint, Credential credential, String json) {
        CodeBuddyOptions now = calls.options();
        return calls.send(Call.post(endpoint, calls.headers().ofBilling(now, credential), json), now);
    }
}
