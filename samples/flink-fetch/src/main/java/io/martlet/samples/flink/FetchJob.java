package io.martlet.samples.flink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * The way from files of URLs to files of results. Lines are dealt out to all slots, and each result is written where
 * its URL was fetched. Files of results appear with each checkpoint, whole: what is in them is neither lost nor repeated
 * whatever is killed. Requests that were in flight then are sent again.
 *
 * @param inputs   files, or folders of them, which are read with all that is below
 * @param output   a folder
 * @param settings what requests are like
 */
record FetchJob(List<Path> inputs, Path output, FetchSettings settings) {
    /** The library has its own limit, which is a result; that of Flink would be the end of the job. */
    private static final long NO_TIMEOUT = 0;

    /** Flink's default; the wait for a request comes on top. */
    private static final Duration LONGEST_CHECKPOINT = Duration.ofMinutes(10);

    /** Adds the job to {@code environment}, which says how parallel it is, and how often there is a checkpoint. */
    void describe(StreamExecutionEnvironment environment) {
        describeCheckpoints(environment.getCheckpointConfig());
        DataStream<String> lines = environment
                .fromSource(
                        FileSource.forRecordStreamFormat(new UrlLineFormat(), inputs.toArray(Path[]::new))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "URLs")
                .uid("urls");
        AsyncDataStream.unorderedWait(
                        lines.rebalance(),
                        new FetchFunction(settings),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        settings.concurrency())
                .name("fetch")
                .uid("fetch")
                .sinkTo(FileSink.forRowFormat(output, new SimpleStringEncoder<String>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .withOutputFileConfig(new OutputFileConfig("results", ".jsonl"))
                        .build())
                .name("results")
                .uid("results");
    }

    /**
     * A checkpoint overtakes the lines that wait in buffers: there may be thousands, and slow servers before them. It
     * still waits for a request to end where a slot is full of them, and for all of them at the end of the input. One
     * that takes too long for all that fails nothing, the next will do.
     */
    private void describeCheckpoints(CheckpointConfig checkpoints) {
        checkpoints.setCheckpointingConsistencyMode(CheckpointingMode.EXACTLY_ONCE);
        checkpoints.enableUnalignedCheckpoints();
        checkpoints.setCheckpointTimeout(
                settings.timeout().plus(LONGEST_CHECKPOINT).toMillis());
        checkpoints.setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
    }
}
