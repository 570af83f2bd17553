package io.martlet.samples.bench;

import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.worker.WorkerMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the process of a contestant is started. */
final class WorkerCommand {
    private static final String HEAP = "-Xmx1g";
    private static final String SCRIPT = "aiohttp_worker.py";

    private WorkerCommand() {}

    /** The command line of a process that understands the commands of {@link WorkerMain}. */
    static List<String> of(Contestant contestant, Scenario scenario, Plan plan, Target target, Servers servers)
            throws IOException {
        List<String> command = contestant.library() == Library.AIOHTTP
                ? python(servers)
                : java(contestant.library(), servers.certificate());
        command.addAll(List.of(
                contestant.library().name(),
                contestant.mode().name(),
                Integer.toString(plan.inFlight(scenario)),
                scenario.kind().name(),
                target.url(),
                scenario.closes() ? "close" : "keep",
                Long.toString(target.expectedBytes()),
                Integer.toString(target.uploadBytes())));
        return command;
    }

    private static List<String> java(Library library, Optional<ServerCertificate> certificate) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(HEAP);
        command.addAll(library.jvmOptions());
        certificate.ifPresent(c -> {
            command.add("-Djavax.net.ssl.trustStore=" + c.trustStore());
            command.add("-Djavax.net.ssl.trustStoreType=PKCS12");
            command.add("-Djavax.net.ssl.trustStorePassword=" + ServerCertificate.PASSWORD);
        });
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        return command;
    }

    private static List<String> python(Servers servers) throws IOException {
        Path python = Programs.findPythonWithAiohttp().orElseThrow(() -> new IOException("There is no aiohttp"));
        Path script = servers.directory().resolve(SCRIPT);
        if (!Files.exists(script)) {
            try (InputStream source = WorkerCommand.class.getResourceAsStream(SCRIPT)) {
                Files.copy(source, script);
            }
        }
        String certificate =
                servers.certificate().map(c -> c.certificate().toString()).orElse("");
        return new ArrayList<>(List.of(python.toString(), script.toString(), certificate));
    }
}
