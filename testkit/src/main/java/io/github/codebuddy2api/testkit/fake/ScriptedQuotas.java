package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.spi.QuotaSource;
import java.math.BigDecimal;
import java.util.List;

/** Quotas and check-ins that are as a test says. Thread-safe. */
public final class ScriptedQuotas implements QuotaSource {
    /** What is left. */
    public final ScriptedAnswers<Quota> quotas =
            ScriptedAnswers.always(new Quota(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.valueOf(9), null, List.of()));

    /** How the check-in stands; it can be claimed at first. */
    public final ScriptedAnswers<CheckIn> statuses = ScriptedAnswers.always(new CheckIn.Open(BigDecimal.TEN, 1));

    /** What claiming it leads to; success at first. */
    public final ScriptedAnswers<CheckIn> claims = ScriptedAnswers.always(new CheckIn.Claimed(BigDecimal.TEN, 2));

    /** An account with 9 of 10 credits, and a check-in to claim. */
    public ScriptedQuotas() {}

    @Override
    public Quota quota(Credential credential) {
        return quotas.ask(credential);
    }

    @Override
    public CheckIn checkInStatus(Credential credential) {
        return statuses.ask(credential);
    }

    @Override
    public CheckIn checkIn(Credential credential) {
        return claims.ask(credential);
    }
}
