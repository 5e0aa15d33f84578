package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import io.github.codebuddy2api.testkit.contract.TokenRefresherContract;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;

class ScriptedRefresherTest implements TokenRefresherContract {
    private final Gate gate = Gate.shut();

    @Override
    public TokenRefresher refresher(Upstream upstream) {
        ScriptedRefresher refresher = ScriptedRefresher.lasting(Duration.ofDays(1), new ManualTime());
        return switch (upstream) {
            case GIVES -> refresher;
            case REFUSES -> refresher.fails(new CredentialRejected(true, "No."));
            case FAILS ->
                refresher.fails(new UpstreamUnavailable(UpstreamUnavailable.Reason.ERROR, null, "Trouble.", null));
            case SILENT -> refresher.waitingAt(gate);
        };
    }

    @Override
    public Credential credential() {
        return Credentials.refreshable("a", ManualTime.START);
    }

    @Override
    public void awaitCall() {
        gate.awaitArrival();
    }
}
