package io.martlet.samples.fetch.report;

import io.martlet.samples.fetch.report.Histogram.Bin;

/** How long requests took: the histogram, and the percentiles beside it. */
final class HistogramView {
    private static final Plot PLOT = new Plot(880, 270, 52, 40, 14, 30);

    /** Fewer would make walls of bars. */
    private static final int MIN_BINS = 16;

    /** With more bins, only powers of ten are written below the axis. */
    private static final int MAX_BINS_WITH_TICKS = 32;

    private static final double[] MARKED = {50, 95, 99};
    private static final double[] LISTED = {50, 75, 90, 95, 99, 99.9};
    private static final double MIN_BAR = 2;

    private HistogramView() {}

    static void write(Markup page, Requests requests) {
        Histogram histogram = Histogram.of(requests);
        Percentiles answered = requests.answered();
        page.open("section", "id", "latency").element("h2", "Latency");
        page.element(
                "p",
                "From the start of a request to the last byte of its response, waiting, redirects and retries"
                        + " included. The scale of times is logarithmic.",
                "class",
                "note");
        page.open("div", "class", "beside");
        chart(page, histogram, answered);
        table(page, answered);
        page.close().close();
    }

    private static void chart(Markup page, Histogram histogram, Percentiles answered) {
        int bins = histogram.bins().size();
        int pad = Math.max(1, (MIN_BINS - bins + 1) / 2);
        double all = bins + 2.0 * pad;
        int most = histogram.bins().stream().mapToInt(Bin::count).max().orElse(0);
        Axis axis = Axis.upTo(most, 4, 1);
        page.open("figure");
        PLOT.begin(page, "Histogram: how many requests took how long");
        PLOT.rules(page, axis);
        for (int i = 0; i < bins; i++) {
            bar(page, histogram.bins().get(i), axis, (i + pad) / all, (i + pad + 1) / all);
        }
        for (int i = 0; i <= bins; i++) {
            long edge = i < bins
                    ? histogram.bins().get(i).fromNanos()
                    : bins == 0 ? 0 : histogram.bins().get(bins - 1).toNanos();
            if (isLabelled(edge, bins)) {
                PLOT.labelBelow(page, PLOT.x((i + pad) / all), Units.roundTime(edge));
            }
        }
        for (int i = 0; i < MARKED.length && answered.count() > 0; i++) {
            long nanos = answered.at(MARKED[i]);
            mark(page, MARKED[i], nanos, PLOT.x((histogram.position(nanos) + pad) / all), 12 + 11 * i);
        }
        page.close().close();
        page.open("figcaption");
        page.element("span", "", "class", "key ok").text("answered ");
        page.element("span", "", "class", "key failed").text("no response");
        page.close().close();
    }

    private static boolean isLabelled(long edge, int bins) {
        String digits = Long.toString(edge).replaceAll("0+$", "");
        return edge > 0
                && (digits.equals("1") || bins <= MAX_BINS_WITH_TICKS && (digits.equals("2") || digits.equals("5")));
    }

    private static void bar(Markup page, Bin bin, Axis axis, double from, double to) {
        double x = PLOT.x(from);
        double width = PLOT.x(to) - x;
        double floor = PLOT.y(0);
        String range = Units.roundTime(bin.fromNanos()) + " to " + Units.roundTime(bin.toNanos());
        String failures = bin.unanswered() == 0 ? "" : ", " + Units.count(bin.unanswered()) + " without a response";
        page.open("g", "class", "bin").element("title", range + ": " + Units.count(bin.count()) + failures);
        page.empty("rect", "class", "hit", "x", x, "width", width, "y", PLOT.y(1), "height", floor - PLOT.y(1));
        double answered = height(bin.answered(), axis);
        double unanswered = height(bin.unanswered(), axis);
        piece(page, "ok", x, width, floor - answered, answered);
        piece(page, "failed", x, width, floor - answered - unanswered, unanswered);
        page.close();
    }

    /** What is there is seen, however small. */
    private static double height(int count, Axis axis) {
        return count == 0 ? 0 : Math.max(MIN_BAR, PLOT.y(0) - PLOT.y(axis.at(count)));
    }

    private static void piece(Markup page, String style, double x, double width, double y, double height) {
        if (height > 0) {
            page.empty("rect", "class", style, "x", x + 0.5, "width", Math.max(1, width - 1), "y", y, "height", height);
        }
    }

    private static void mark(Markup page, double percent, long nanos, double x, int y) {
        boolean isRight = x > PLOT.width() * 0.8;
        page.empty("line", "class", "mark", "x1", x, "x2", x, "y1", y - 8, "y2", PLOT.y(0));
        page.element(
                "text",
                "p" + Units.plain(percent) + " " + Units.time(nanos),
                "class",
                isRight ? "mark end" : "mark",
                "x",
                isRight ? x - 4 : x + 4,
                "y",
                y);
    }

    private static void table(Markup page, Percentiles answered) {
        page.open("table", "class", "figures");
        page.element("caption", Units.count(answered.count()) + " with a response");
        page.open("tbody");
        row(page, answered.count(), "fastest", answered.min());
        row(page, answered.count(), "mean", answered.mean());
        for (double percent : LISTED) {
            row(page, answered.count(), "p" + Units.plain(percent), answered.at(percent));
        }
        row(page, answered.count(), "slowest", answered.max());
        page.close().close();
    }

    private static void row(Markup page, int count, String name, long nanos) {
        page.open("tr")
                .element("th", name, "scope", "row")
                .element("td", Units.time(nanos))
                .close();
    }
}
