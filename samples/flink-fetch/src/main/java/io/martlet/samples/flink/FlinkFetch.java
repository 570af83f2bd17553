package io.martlet.samples.flink;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the job to the cluster that {@code flink run} talks to. */
public final class FlinkFetch {
    private FlinkFetch() {}

    /**
     * Submits the job, and waits for its end unless {@code flink run} was told to detach.
     *
     * @param args what {@code --help} lists
     * @throws IllegalArgumentException if they make no sense; the message says which, and what there is
     * @throws Exception if the job cannot be submitted, or fails
     */
    public static void main(String[] args) throws Exception {
        FetchArguments arguments = FetchArguments.parse(args);
        if (arguments.isHelpWanted()) {
            System.out.println(FetchArguments.help());
            return;
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        arguments.describe(environment);
        new FetchJob(arguments.inputs(), arguments.output(), arguments.settings()).describe(environment);
        environment.execute("martlet fetch");
    }
}
