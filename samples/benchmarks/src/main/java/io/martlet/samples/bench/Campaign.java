package io.martlet.samples.bench;

import io.martlet.samples.bench.client.Library;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs scenarios: every contestant warms up, then all of them make a round in turn, again and again. */
final class Campaign {
    private final Servers servers;
    private final Plan plan;
    private final Consumer<String> progress;

    /** A campaign that tells {@code progress} what it does. */
    Campaign(Servers servers, Plan plan, Consumer<String> progress) {
        this.servers = servers;
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs one scenario; a contestant that fails is not asked again, and its row says why. */
    Outcome run(Scenario scenario, Target target, List<Contestant> contestants) throws InterruptedException {
        List<Lane> lanes = contestants.stream().map(Lane::new).toList();
        try {
            for (Lane lane : lanes) {
                progress.accept(scenario.label() + ": warm-up of " + lane.contestant);
                lane.open(scenario, target);
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                progress.accept(scenario.label() + ": round " + round + " of " + plan.rounds());
                for (Lane lane : lanes) {
                    lane.round();
                }
            }
        } finally {
            lanes.forEach(Lane::close);
        }
        List<Row> rows = lanes.stream().map(Lane::row).toList();
        return new Outcome(scenario, plan.inFlight(scenario), target.server(), rows);
    }

    private Competitor competitor(Contestant contestant, Scenario scenario, Target target) throws IOException {
        if (contestant.library() == Library.WRK) {
            return new Wrk(
                    Programs.find("wrk").orElseThrow(() -> new IOException("There is no wrk")),
                    target.url(),
                    plan.inFlight(scenario),
                    plan.round());
        }
        List<String> command = WorkerCommand.of(contestant, scenario, plan, target, servers);
        return scenario == Scenario.COLD_START
                ? new ColdStart(servers.directory(), command)
                : new Worker(ChildProcess.start(servers.directory(), command), scenario, plan, target);
    }

    /** One contestant on its way. */
    private final class Lane {
        private final Contestant contestant;
        private final List<Sample> samples = new ArrayList<>();
        private @Nullable Competitor competitor;
        private @Nullable String failure;

        Lane(Contestant contestant) {
            this.contestant = contestant;
        }

        void open(Scenario scenario, Target target) throws InterruptedException {
            try {
                competitor = competitor(contestant, scenario, target);
                competitor.warmUp();
            } catch (IOException e) {
                fail(e);
            }
        }

        void round() throws InterruptedException {
            if (competitor == null || failure != null) {
                return;
            }
            try {
                samples.add(competitor.round());
            } catch (IOException e) {
                fail(e);
            }
        }

        private void fail(IOException e) {
            failure = String.valueOf(e.getMessage());
            progress.accept(contestant + " failed: " + failure);
            close();
        }

        void close() {
            if (competitor != null) {
                competitor.close();
            }
        }

        Row row() {
            return new Row(contestant, List.copyOf(samples), failure);
        }
    }
}
