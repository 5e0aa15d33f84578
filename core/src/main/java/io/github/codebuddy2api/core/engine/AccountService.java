package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the upstream about single accounts. Thread-safe. */
final class AccountService implements Accounts {
    /** How old the answer about a quota may be. */
    static final Duration QUOTA_LIFETIME = Duration.ofMinutes(1);

    private final Shelf shelf;
    private final Asking asking;
    private final @Nullable Answers<Quota> quotas;

    /** Whom it asks; what is missing is said by the calls that need it. */
    record Asking(
            @Nullable AccountDirectory accounts,
            @Nullable QuotaSource quotas,
            @Nullable CheckIns checkIns,
            @Nullable ModelCache cache,
            ModelService models,
            Trials trials) {}

    AccountService(Shelf shelf, Asking asking, Time time) {
        this.shelf = shelf;
        this.asking = asking;
        QuotaSource source = asking.quotas();
        this.quotas = source == null ? null : new Answers<>(source::quota, QUOTA_LIFETIME, Duration.ZERO, time);
    }

    @Override
    public List<Account> list(CredentialId id) {
        return Engine.offered(asking.accounts(), "accounts").accounts(shelf.find(id));
    }

    @Override
    public CredentialView switchTo(CredentialId id, Account target) {
        AccountDirectory directory = Engine.offered(asking.accounts(), "accounts");
        shelf.exchange(id, credential -> directory.switchTo(credential, target));
        return shelf.view(id);
    }

    @Override
    public Quota quota(CredentialId id) {
        Answers<Quota> answers = Engine.offered(quotas, "quotas");
        Credential credential = shelf.find(id);
        answers.retain(shelf.all());
        return answers.ask(credential);
    }

    @Override
    public CheckIn checkInStatus(CredentialId id) {
        return Engine.offered(asking.checkIns(), "quotas").status(shelf.find(id));
    }

    @Override
    public CheckIn checkIn(CredentialId id) {
        CheckIn outcome = Engine.offered(asking.checkIns(), "quotas").claim(shelf.find(id));
        if (outcome instanceof CheckIn.Claimed && quotas != null) {
            quotas.forget(id);
        }
        return outcome;
    }

    @Override
    public List<Model> models(CredentialId id) {
        return Engine.offered(asking.cache(), "models").of(shelf.find(id));
    }

    @Override
    public Trial test(CredentialId id, @Nullable String model) {
        Credential credential = shelf.find(id);
        return asking.trials().of(credential, model == null ? firstModel(credential) : model);
    }

    private String firstModel(Credential credential) {
        List<Model> models = asking.cache() == null ? List.of() : asking.cache().lastOf(credential);
        return asking.models()
                .first(models)
                .map(Model::id)
                .orElseThrow(() -> InvalidRequest.missing("model", "No model is on offer, so name one."));
    }
}
