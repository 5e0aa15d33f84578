package io.github.codebuddy2api.core.catalog;

import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models on offer, and which account offers which.
 *
 * @param models those that are listed, in the owner's order
 * @param inquiries what came of asking each credential in use, in their order; empty if there is nobody to ask
 * @param unlisted ids of models that some account offers and the owner does not list, in the upstream's order
 */
public record ModelCatalog(List<Listed> models, List<Inquiry> inquiries, List<String> unlisted) {
    public ModelCatalog {
        models = List.copyOf(models);
        inquiries = List.copyOf(inquiries);
        unlisted = List.copyOf(unlisted);
    }

    @Override
    public String toString() {
        return "ModelCatalog[" + models.size() + " listed, " + unlisted.size() + " not]";
    }

    /**
     * A model that is listed.
     *
     * @param credentials those whose accounts offer it, as far as it is known
     */
    public record Listed(Model model, List<CredentialId> credentials) {
        public Listed {
            Objects.requireNonNull(model, "model");
            credentials = List.copyOf(credentials);
        }
    }

    /**
     * What came of asking one credential.
     *
     * @param toldAt when its account last told its models; null if it never did
     * @param code why it did not when it was asked last, as {@code GatewayException#code()}; null if it did, or is being
     *     asked
     */
    public record Inquiry(
            CredentialId credential,
            @Nullable Instant toldAt,
            @Nullable String code) {
        public Inquiry {
            Objects.requireNonNull(credential, "credential");
        }

        /** Whether the models of its account are known. */
        public boolean isKnown() {
            return toldAt != null;
        }

        /** When its account last told its models, if it ever did. */
        public Optional<Instant> lastTold() {
            return Optional.ofNullable(toldAt);
        }
    }
}
