package io.martlet.config;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** See {@link Resolver#system()}. */
enum SystemResolver implements Resolver {
    INSTANCE;

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getAllByName(host)));
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String toString() {
        return "system";
    }
}
