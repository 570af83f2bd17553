package io.martlet.samples.fetch.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The head of the page: what was done, in figures, and what stands out. */
final class SummaryView {
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private SummaryView() {}

    static void write(Markup page, Requests requests, List<HostFigures> hosts, StageTimes stages, Ending ending) {
        page.open("header").element("p", "martlet fetch", "class", "brand").element("h1", title(requests));
        page.element(
                "p", "Started on " + STARTED.format(ending.started()) + ", took " + Units.time(ending.tookNanos()));
        if (!ending.why().isEmpty()) {
            String givenUp =
                    ending.givenUp() == 0 ? "" : ": " + Units.count(ending.givenUp()) + " under way were given up";
            page.element("p", "The run ended early, " + ending.why() + givenUp + ".", "class", "early");
        }
        page.close();
        navigation(page);
        page.open("section", "id", "summary").element("h2", "Summary", "class", "hidden");
        tiles(page, requests, hosts, ending);
        findings(page, Findings.of(hosts, stages));
        page.close();
    }

    static String title(Requests requests) {
        int hosts = requests.hostNames().size();
        return plural(requests.count(), "request") + " to " + plural(hosts, "host");
    }

    private static String plural(int count, String what) {
        return Units.count(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static void navigation(Markup page) {
        page.open("nav", "aria-label", "Sections");
        for (String section :
                List.of("Summary", "Hosts", "Latency", "Time", "Phases", "Waterfall", "Errors", "Requests")) {
            page.element("a", section, "href", "#" + section.toLowerCase(Locale.ROOT));
        }
        page.close();
    }

    private static void tiles(Markup page, Requests requests, List<HostFigures> hosts, Ending ending) {
        Percentiles answered = requests.answered();
        int failed = hosts.stream().mapToInt(HostFigures::failed).sum();
        long bytes = hosts.stream().mapToLong(HostFigures::bytes).sum();
        page.open("dl", "class", "tiles");
        tile(page, "Requests", Units.count(requests.count()), "");
        tile(page, "Succeeded", Units.count(requests.count() - failed), "");
        tile(page, "Failed", Units.count(failed), failed == 0 ? "" : "bad");
        tile(page, "Median", answered.count() == 0 ? "–" : Units.time(answered.at(50)), "");
        tile(page, "p95", answered.count() == 0 ? "–" : Units.time(answered.at(95)), "");
        tile(page, "p99", answered.count() == 0 ? "–" : Units.time(answered.at(99)), "");
        double seconds = ending.tookNanos() / 1e9;
        tile(page, "Throughput", seconds > 0 ? Units.perSecond(requests.count() / seconds) : "–", "");
        tile(page, "Received", Units.bytes(bytes), "");
        page.close();
    }

    private static void tile(Markup page, String name, String value, String style) {
        page.open("div", "class", style)
                .element("dt", name)
                .element("dd", value)
                .close();
    }

    private static void findings(Markup page, List<Findings.Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.open("ul", "class", "findings");
        for (Findings.Finding finding : findings) {
            page.open("li");
            if (finding.isHost()) {
                page.element("a", finding.subject(), "href", "#requests", "data-host", finding.subject());
            } else {
                page.element("strong", finding.subject());
            }
            page.text(" " + finding.text()).close();
        }
        page.close();
    }
}
