package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.testkit.contract.CredentialStoreContract;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFilesContractTest implements CredentialStoreContract {
    private static final List<String> NAMES = List.of("a.json", "b.json", "c.json");

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private CredentialFiles files;

    @BeforeEach
    void fill_the_directory() {
        NAMES.forEach(name -> write(name, "not-a-token-of-" + name));
        files = new CredentialFiles(directory, time, scan -> {});
    }

    @Override
    public CredentialStore store() {
        return files;
    }

    @Override
    public CredentialStore reopened() {
        return new CredentialFiles(directory, time, scan -> {});
    }

    @Override
    public void remove(CredentialId id) {
        try {
            Files.delete(directory.resolve(name(id)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        time.advance(Duration.ofSeconds(1));
    }

    @Override
    public void replaceToken(CredentialId id, String token) {
        write(name(id), token);
        time.advance(Duration.ofSeconds(1));
    }

    private static String name(CredentialId id) {
        List<String> names = NAMES.stream()
                .filter(name -> CredentialDirectory.id(name).equals(id.value()))
                .toList();
        assertThat(names).hasSize(1);
        return names.getFirst();
    }

    private void write(String name, String token) {
        try {
            Files.writeString(directory.resolve(name), "{\"bearer_token\": \"" + token + "\"}");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
