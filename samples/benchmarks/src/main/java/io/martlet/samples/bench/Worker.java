package io.martlet.samples.bench;

import java.io.IOException;
import java.time.Duration;

/** A contestant in a process of its own, which lives through all rounds. */
final class Worker implements Competitor {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int HELD_IN_WARM_UP = 200;

    private final ChildProcess process;
    private final Scenario scenario;
    private final Plan plan;
    private final Target target;

    Worker(ChildProcess process, Scenario scenario, Plan plan, Target target) {
        this.process = process;
        this.scenario = scenario;
        this.plan = plan;
        this.target = target;
    }

    @Override
    public void warmUp() throws IOException, InterruptedException {
        if (scenario == Scenario.IN_FLIGHT) {
            ask("hold " + Math.min(HELD_IN_WARM_UP, plan.inFlight(scenario)) + " " + target.control());
        } else if (target.requestsPerRound() > 0) {
            round();
        } else {
            ask(timed(plan.warmUp()));
        }
    }

    @Override
    public Sample round() throws IOException, InterruptedException {
        if (scenario == Scenario.IN_FLIGHT) {
            return ask("hold " + plan.inFlight(scenario) + " " + target.control());
        }
        if (target.requestsPerRound() > 0) {
            return ask("count " + plan.inFlight(scenario) + " " + target.requestsPerRound());
        }
        ask(timed(plan.leadIn()));
        return ask(timed(plan.round()));
    }

    private String timed(Duration time) {
        return "time " + plan.inFlight(scenario) + " " + time.toMillis();
    }

    private Sample ask(String command) throws IOException, InterruptedException {
        return Sample.of(process.ask(command, PATIENCE), target.bytesPerRequest());
    }

    @Override
    public void close() {
        process.close();
    }
}
