package io.martlet.samples.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A cluster in this JVM. What fails begins again at once, from its last checkpoint. */
final class EmbeddedCluster implements Cluster {
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(50);

    private final MiniCluster cluster;
    private @Nullable JobID job;

    EmbeddedCluster(Path checkpoints) throws Exception {
        Configuration settings = new Configuration();
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(SLOTS / 2)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    @Override
    public void start(Path input, Path output, FetchSettings settings) {
        job = submit(new FetchJob(
                List.of(new org.apache.flink.core.fs.Path(input.toUri())),
                new org.apache.flink.core.fs.Path(output.toUri()),
                settings));
    }

    @Override
    public void awaitSuccess() throws Exception {
        awaitSuccess(Objects.requireNonNull(job));
    }

    /** Begins with a job on all slots. */
    JobID submit(FetchJob job) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        environment.setParallelism(SLOTS);
        environment.enableCheckpointing(BETWEEN_CHECKPOINTS.toMillis());
        job.describe(environment);
        return cluster.submitJob(environment.getStreamGraph().getJobGraph())
                .join()
                .getJobID();
    }

    /** Waits for the end of the job, which fails what fails. */
    void awaitSuccess(JobID job) throws Exception {
        cluster.requestJobResult(job).join().toJobExecutionResult(getClass().getClassLoader());
    }

    /** Returns once the job has ended. */
    void cancel(JobID job) {
        cluster.cancelJob(job).join();
        assertEquals(
                JobStatus.CANCELED,
                cluster.requestJobResult(job).join().getJobStatus().orElseThrow());
    }

    @Override
    public void killTaskManager() {
        cluster.terminateTaskManager(0).join();
    }

    @Override
    public void startTaskManager() throws Exception {
        cluster.startTaskManager();
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
