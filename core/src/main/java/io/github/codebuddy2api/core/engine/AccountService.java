package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the upstream about single accounts. Thread-safe. */
final class AccountService implements Accounts {
    private final Shelf shelf;
    private final Asking asking;

    /** Whom it asks; what is missing is said by the calls that need it. */
    record Asking(
            @Nullable AccountDirectory accounts,
            @Nullable QuotaCache quotas,
            @Nullable CheckIns checkIns,
            @Nullable ModelCache cache,
            ModelService models,
            Trials trials) {}

    AccountService(Shelf shelf, Asking asking) {
        this.shelf = shelf;
        this.asking = asking;
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
    public Reading quota(CredentialId id) {
        return Engine.offered(asking.quotas(), "quotas").of(id, false);
    }

    @Override
    public Reading freshQuota(CredentialId id) {
        return Engine.offered(asking.quotas(), "quotas").of(id, true);
    }

    @Override
    public CheckIn checkInStatus(CredentialId id) {
        return Engine.offered(asking.checkIns(), "quotas").status(shelf.find(id));
    }

    @Override
    public CheckIn checkIn(CredentialId id) {
        return Engine.offered(asking.checkIns(), "quotas").claim(shelf.find(id));
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
