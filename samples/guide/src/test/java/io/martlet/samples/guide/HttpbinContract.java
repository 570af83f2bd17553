package io.martlet.samples.guide;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.samples.demo.HttpbinProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the recipes print when they ask httpbin, which nobody here wrote. Skipped where it is not installed; CI installs it.
 *
 * <p>Debian runs it in a server that closes each connection behind its answer; that is what they tell differently.
 */
public abstract class HttpbinContract extends RecipesContract {
    private @Nullable HttpbinProcess httpbin;
    private String url = "";

    @BeforeAll
    void start() throws Exception {
        assumeTrue(HttpbinProcess.isInstalled(), "httpbin is not installed: apt-get install python3-httpbin");
        HttpbinProcess started = HttpbinProcess.start();
        httpbin = started;
        url = started.baseUrl();
    }

    @AfterAll
    void stop() {
        if (httpbin != null) {
            httpbin.close();
        }
    }

    @Override
    String url() {
        return url;
    }

    @Test
    @Override
    void reusingASession() throws Exception {
        assertPrints(Recipe.REUSING_A_SESSION, "second: 200", "connections: 2");
    }

    @Test
    @Override
    void sessionPerRequest() throws Exception {
        assertPrints(Recipe.SESSION_PER_REQUEST, "a session for each, connections: 5", "one session, connections: 5");
    }

    @Test
    @Override
    void connectionPool() throws Exception {
        assertPrints(
                Recipe.CONNECTION_POOL,
                "five to a host: 20 responses over 20 connections",
                "none kept: 20 responses over 20 connections");
    }

    @Test
    @Override
    void tooManyAtOnce() throws Exception {
        assertPrints(Recipe.TOO_MANY_AT_ONCE, "200 of 200 over 200 connections", "1 of 3 refused");
    }
}
