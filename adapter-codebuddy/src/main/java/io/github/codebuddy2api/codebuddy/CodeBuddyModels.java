package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.ServiceCalls.Call;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.ModelSource;
import java.util.List;
import java.util.Map;

/** The models on offer (protocol sheet, 7.1). */
final class CodeBuddyModels implements ModelSource {
    private final ServiceCalls calls;
    private final ServiceFailures failures;

    CodeBuddyModels(ServiceCalls calls, ServiceFailures failures) {
        this.calls = calls;
        this.failures = failures;
    }

    @Override
    public List<Model> models(Credential credential) {
        CodeBuddyOptions now = calls.options();
        Map<String, String> headers = calls.headers().ofAccount(now, credential.tokens(), credential.account());
        // Here the site that is asked counts, not the one the credential came from (13).
        AccountHeaders.putDomain(headers, now, null);
        Reply reply = calls.send(Call.get(Endpoint.MODELS, headers), now);
        if (!reply.isSuccess()) {
            throw failures.of(reply);
        }
        if (!reply.data().path("models").isArray()) {
            throw ServiceFailures.incomplete("the models");
        }
        return new ModelsReply(reply.data()).models();
    }
}
