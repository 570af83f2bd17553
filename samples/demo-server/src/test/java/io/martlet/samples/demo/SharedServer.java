package io.martlet.samples.demo;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test a client of one server that all test classes share. */
final class SharedServer implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DemoClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(DemoServer.start(0)), Running.class)
                .client;
    }

    /** Closed by JUnit after the last test. */
    private static final class Running implements AutoCloseable {
        private final DemoServer server;
        private final DemoClient client;

        Running(DemoServer server) {
            this.server = server;
            this.client = new DemoClient(server.baseUrl());
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
