package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.quota.Quota.Grant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the upstream's meters say (protocol sheet, 8.1 and 8.2). Pure. */
final class QuotaReply {
    /** Nothing was granted. */
    static final Quota NOTHING = new Quota(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, null, List.of());

    /** An end that is further away stands for none. */
    private static final Duration FURTHEST = Duration.ofDays(3650);

    private static final String ACTIVE = "0";
    private static final int MAX_GRANTS = 1000;

    private QuotaReply() {}

    /** The sum of a person's active packages; null if he has no packages at all. */
    static @Nullable Quota ofPerson(JsonNode data, Instant now) {
        JsonNode packages = data.path("Response").path("Data").path("Accounts");
        if (packages.isNull() || packages.isArray() && packages.isEmpty()) {
            return null;
        }
        if (!packages.isArray() || packages.size() > MAX_GRANTS) {
            throw ServiceFailures.incomplete("the list of packages");
        }
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal used = BigDecimal.ZERO;
        BigDecimal remaining = BigDecimal.ZERO;
        List<Grant> grants = new ArrayList<>();
        for (JsonNode one : packages) {
            if (ACTIVE.equals(ReplyFields.text(one, "Status"))) {
                Amounts amounts = Amounts.of(one);
                total = total.add(amounts.total());
                used = used.add(amounts.used());
                remaining = remaining.add(amounts.remaining());
                grants.add(grant(one, amounts, now));
            }
        }
        return new Quota(total, used, remaining, first(grants), grants);
    }

    /** The amounts of one package; the plain {@code Capacity} members stay at their first value and are not looked at. */
    private record Amounts(BigDecimal total, BigDecimal used, BigDecimal remaining) {
        static Amounts of(JsonNode one) {
            BigDecimal total = amount(one, "Size");
            BigDecimal remaining = amount(one, "Remain");
            BigDecimal used = amount(one, "Used");
            if (remaining == null && total != null && used != null) {
                remaining = total.subtract(used);
            }
            if (total == null && remaining != null && used != null) {
                total = remaining.add(used);
            }
            if (total == null || remaining == null) {
                throw ServiceFailures.incomplete("the amounts of a package");
            }
            BigDecimal left = remaining.max(BigDecimal.ZERO);
            return new Amounts(total, used == null ? total.subtract(left) : used, left);
        }

        private static @Nullable BigDecimal amount(JsonNode one, String what) {
            return ReplyFields.number(one, "CycleCapacity" + what + "Precise", "CycleCapacity" + what);
        }
    }

    private static Grant grant(JsonNode one, Amounts amounts, Instant now) {
        String name = ReplyFields.text(one, "PackageName", "PackageCode");
        Instant end = real(ReplyFields.localTime(one, "CycleEndTime", "PackageEndTime"), now);
        return new Grant(name == null ? "" : name, amounts.total(), amounts.remaining(), end);
    }

    private static @Nullable Instant first(List<Grant> grants) {
        Instant first = null;
        for (Grant grant : grants) {
            Instant end = grant.endsAt();
            first = first == null || end != null && end.isBefore(first) ? end : first;
        }
        return first;
    }

    /** What a member of an enterprise may spend in its cycle. */
    static Quota ofEnterprise(JsonNode data, Instant now) {
        BigDecimal used = ReplyFields.number(data, "credit");
        BigDecimal total = ReplyFields.number(data, "limitNum");
        if (used == null || total == null) {
            throw ServiceFailures.incomplete("the amounts of the enterprise");
        }
        Instant end = real(ReplyFields.localTime(data, "cycleResetTime", "cycleEndTime"), now);
        return new Quota(total, used, total.subtract(used).max(BigDecimal.ZERO), end, List.of());
    }

    private static @Nullable Instant real(@Nullable Instant end, Instant now) {
        return end == null || end.isAfter(now.plus(FURTHEST)) ? null : end;
    }
}
