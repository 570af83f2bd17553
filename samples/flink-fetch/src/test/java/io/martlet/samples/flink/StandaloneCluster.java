package io.martlet.samples.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of processes that have nothing but Flink's own jars, to which the job comes as {@code flink run} brings it:
 * the job manager, the task managers and the command, each with a log of its name in {@code target/standalone-cluster}.
 */
final class StandaloneCluster implements Cluster {
    private static final Path JAR = Path.of("target/martlet-flink-fetch.jar");
    private static final Path FLINK = Path.of("target/flink");
    private static final Path HOME = Path.of("target/standalone-cluster").toAbsolutePath();

    private final Process jobManager;
    private final Deque<Process> taskManagers = new ArrayDeque<>();
    private @Nullable Process command;
    private int started;

    StandaloneCluster(Path checkpoints) throws IOException {
        Files.createDirectories(HOME);
        Files.writeString(HOME.resolve("config.yaml"), settings(checkpoints));
        jobManager = start("job-manager", "runtime.entrypoint.StandaloneSessionClusterEntrypoint", configDir());
        startTaskManager();
        startTaskManager();
    }

    /** What Flink's scripts would find out about the machine; and a task manager that is gone is missed soon. */
    private static String settings(Path checkpoints) throws IOException {
        return String.join(
                "\n",
                "jobmanager.rpc.address: localhost",
                "jobmanager.rpc.port: " + freePort(20_000),
                "rest.address: localhost",
                "rest.port: " + freePort(25_000),
                "taskmanager.host: localhost",
                "taskmanager.numberOfTaskSlots: 2",
                "taskmanager.cpu.cores: 2.0",
                "taskmanager.memory.framework.heap.size: 64m",
                "taskmanager.memory.framework.off-heap.size: 64m",
                "taskmanager.memory.task.heap.size: 128m",
                "taskmanager.memory.task.off-heap.size: 0m",
                "taskmanager.memory.network.min: 16m",
                "taskmanager.memory.network.max: 16m",
                "taskmanager.memory.managed.size: 8m",
                "taskmanager.memory.jvm-metaspace.size: 256m",
                "taskmanager.memory.jvm-overhead.min: 64m",
                "taskmanager.memory.jvm-overhead.max: 64m",
                "heartbeat.interval: 500 ms",
                "restart-strategy.type: fixed-delay",
                "restart-strategy.fixed-delay.attempts: 1000",
                "restart-strategy.fixed-delay.delay: 10 ms",
                "execution.checkpointing.dir: " + checkpoints.toUri(),
                "");
    }

    /** One of the next thousands, which are below those that a system hands out to who asks for any. */
    private static int freePort(int from) throws IOException {
        int port = from + ThreadLocalRandom.current().nextInt(4_000);
        while (true) {
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                port++;
            }
        }
    }

    private static List<String> configDir() {
        return List.of("--configDir", HOME.toString());
    }

    @Override
    public void startTaskManager() throws IOException {
        started++;
        taskManagers.add(start("task-manager-" + started, "runtime.taskexecutor.TaskManagerRunner", configDir()));
    }

    @Override
    public void start(Path input, Path output, FetchSettings settings) throws IOException {
        command = start(
                "command",
                "client.cli.CliFrontend",
                List.of(
                        "run",
                        "-c",
                        "io.martlet.samples.flink.FlinkFetch",
                        JAR.toString(),
                        "--input=" + input.toUri(),
                        "--output=" + output.toUri(),
                        "--concurrency=" + settings.concurrency(),
                        "--parallelism=" + SLOTS,
                        "--checkpoint=0.1"));
    }

    private static Process start(String name, String type, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                // As the settings say that a distribution comes with.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-cp",
                FLINK + File.separator + "*",
                "org.apache.flink." + type));
        line.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(line);
        process.environment().put("FLINK_CONF_DIR", HOME.toString());
        return process.redirectErrorStream(true)
                .redirectOutput(HOME.resolve(name + ".log").toFile())
                .start();
    }

    @Override
    public void awaitSuccess() throws Exception {
        assertEquals(0, Objects.requireNonNull(command).waitFor(), Files.readString(HOME.resolve("command.log")));
    }

    @Override
    public void killTaskManager() throws InterruptedException {
        taskManagers.remove().destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (command != null) {
            command.destroyForcibly();
        }
        taskManagers.forEach(Process::destroyForcibly);
        jobManager.destroyForcibly();
    }
}
