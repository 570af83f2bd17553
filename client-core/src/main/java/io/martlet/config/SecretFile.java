package io.martlet.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import org.jspecify.annotations.Nullable;

/** Where certificates or keys come from: its name is for messages, its content never is. */
final class SecretFile {
    private final String name;
    private final byte[] bytes;

    private SecretFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    static SecretFile of(Path path) {
        try {
            return new SecretFile(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            String what = e instanceof NoSuchFileException
                    ? "there is no such file"
                    : e instanceof AccessDeniedException ? "reading it is not allowed" : String.valueOf(e.getMessage());
            throw new IllegalArgumentException(path + ": " + what, e);
        }
    }

    static SecretFile of(String name, byte[] bytes) {
        return new SecretFile(name, bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    KeyStore pkcs12(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            boolean locked = e.getCause() instanceof UnrecoverableKeyException;
            throw wrong(locked ? "the password is wrong" : "it is no PKCS12 file, or damaged: " + e.getMessage(), e);
        }
    }

    IllegalArgumentException wrong(String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(name + ": " + what, cause);
    }

    @Override
    public String toString() {
        return name;
    }
}
