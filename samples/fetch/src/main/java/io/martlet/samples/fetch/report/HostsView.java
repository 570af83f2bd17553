package io.martlet.samples.fetch.report;

import java.util.List;

/** The hosts, the slowest first. */
final class HostsView {
    private static final int SHOWN = 10;
    private static final int MAX_SHOWN = 200;

    private HostsView() {}

    static void write(Markup page, List<HostFigures> hosts) {
        page.open("section", "id", "hosts").element("h2", "Slowest hosts");
        page.element(
                "p",
                "By the time that 95 % of a host's requests did not exceed (p95), failed ones included. A host's name"
                        + " shows its requests.",
                "class",
                "note");
        int shown = Math.min(SHOWN, hosts.size());
        table(page, hosts.subList(0, shown), hosts);
        if (hosts.size() > SHOWN) {
            int rest = Math.min(MAX_SHOWN, hosts.size());
            page.open("details").element("summary", (rest - shown) + " more, faster ones");
            table(page, hosts.subList(shown, rest), hosts);
            page.close();
        }
        if (hosts.size() > MAX_SHOWN) {
            String left = Units.count(hosts.size() - MAX_SHOWN) + " hosts that are faster still are not shown.";
            page.element("p", left, "class", "note");
        }
        page.close();
    }

    private static void table(Markup page, List<HostFigures> hosts, List<HostFigures> all) {
        long longest = Math.max(1, all.isEmpty() ? 1 : all.get(0).times().at(95));
        page.open("div", "class", "scroll")
                .open("table", "class", "hosts")
                .open("thead")
                .open("tr");
        page.element("th", "Host", "scope", "col").element("th", "p50 and p95", "scope", "col", "class", "bar");
        for (String name : List.of("p50", "p95", "Slowest", "Requests", "Failed", "Bytes")) {
            page.element("th", name, "scope", "col", "class", "n");
        }
        page.close().close().open("tbody");
        hosts.forEach(host -> row(page, host, longest));
        page.close().close().close();
    }

    private static void row(Markup page, HostFigures host, long longest) {
        Percentiles times = host.times();
        page.open("tr").open("th", "scope", "row");
        page.element("a", host.host(), "href", "#requests", "data-host", host.host())
                .close();
        page.open("td", "class", "bar")
                .open("svg", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "aria-hidden", "true");
        bar(page, "p95", times.at(95), longest);
        bar(page, "p50", times.at(50), longest);
        page.close().close();
        for (double percent : new double[] {50, 95, 100}) {
            page.element("td", Units.time(times.at(percent)), "class", "n");
        }
        page.element("td", Units.count(host.count()), "class", "n");
        page.element("td", Units.count(host.failed()), "class", host.failed() == 0 ? "n" : "n bad");
        page.element("td", Units.bytes(host.bytes()), "class", "n").close();
    }

    private static void bar(Markup page, String style, long nanos, long longest) {
        page.empty("rect", "class", style, "height", 10, "width", Math.max(0.4, 100.0 * nanos / longest));
    }
}
