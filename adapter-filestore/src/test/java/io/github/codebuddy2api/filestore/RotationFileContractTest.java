package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.RotationStore;
import io.github.codebuddy2api.testkit.contract.RotationStoreContract;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class RotationFileContractTest implements RotationStoreContract {
    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private RotationFile file;

    @BeforeEach
    void fill_the_directory() throws IOException {
        for (String name : new String[] {"a.json", "b.json"}) {
            Files.writeString(directory.resolve(name), "{\"bearer_token\": \"not-a-token-of-" + name + "\"}");
        }
        file = open();
    }

    private RotationFile open() {
        return new RotationFile(() -> directory, new CredentialFiles(directory, time, scan -> {}), time, warning -> {});
    }

    @Override
    public CredentialId first() {
        return new CredentialId(CredentialDirectory.id("a.json"));
    }

    @Override
    public CredentialId second() {
        return new CredentialId(CredentialDirectory.id("b.json"));
    }

    @Override
    public RotationStore store() {
        return file;
    }

    @Override
    public RotationStore reopened() {
        return open();
    }
}
