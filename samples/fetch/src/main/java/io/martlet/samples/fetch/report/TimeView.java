package io.martlet.samples.fetch.report;

import io.martlet.samples.fetch.report.TimeLine.Slot;

/** The run over time: how many requests were under way, and how many were done. */
final class TimeView {
    private static final Plot PLOT = new Plot(640, 200, 52, 14, 24, 28);
    private static final int X_TICKS = 6;
    private static final double NANOS_PER_SECOND = 1e9;

    private TimeView() {}

    static void write(Markup page, Requests requests) {
        TimeLine line = TimeLine.of(requests);
        page.open("section", "id", "time").element("h2", "Over time");
        page.open("div", "class", "two");
        page.open("figure").element("h3", "In flight, the most at once in each " + slot(line));
        inFlight(page, line);
        page.close().open("figure").element("h3", "Throughput, requests done in each " + slot(line));
        throughput(page, line);
        page.open("figcaption");
        page.element("span", "", "class", "key ok").text("succeeded ");
        page.element("span", "", "class", "key failed").text("failed");
        page.close().close().close().close();
    }

    private static void inFlight(Markup page, TimeLine line) {
        int most = line.slots().stream().mapToInt(Slot::maxInFlight).max().orElse(0);
        Axis axis = Axis.upTo(most, 4, 1);
        PLOT.begin(page, "Requests in flight over time, at most " + Units.count(most));
        PLOT.rules(page, axis);
        StringBuilder path = new StringBuilder("M" + PLOT.x(0) + " " + PLOT.y(0));
        int count = line.slots().size();
        for (int i = 0; i < count; i++) {
            double y = PLOT.y(axis.at(line.slots().get(i).maxInFlight()));
            path.append('L').append(PLOT.x((double) i / count)).append(' ').append(y);
            path.append('H').append(PLOT.x((i + 1.0) / count));
        }
        page.empty(
                "path",
                "class",
                "area",
                "d",
                path.append('V').append(PLOT.y(0)).append('Z').toString());
        for (int i = 0; i < count; i++) {
            page.open("g", "class", "bin");
            page.element(
                    "title",
                    from(line, i) + ": " + Units.count(line.slots().get(i).maxInFlight()) + " in flight");
            hit(page, i, count);
            page.close();
        }
        seconds(page, line);
        page.close().close();
    }

    private static void throughput(Markup page, TimeLine line) {
        double perSecond = NANOS_PER_SECOND / line.slotNanos();
        int most = line.slots().stream().mapToInt(Slot::done).max().orElse(0);
        Axis axis = Axis.upTo(most, 4, 1);
        PLOT.begin(page, "Requests done over time, at most " + Units.count(most) + " in " + slot(line));
        PLOT.rules(page, axis);
        int count = line.slots().size();
        for (int i = 0; i < count; i++) {
            Slot slot = line.slots().get(i);
            String rate = Units.count(slot.done()) + " done, " + Units.perSecond(slot.done() * perSecond);
            String failed = slot.failed() == 0 ? "" : ", " + Units.count(slot.failed()) + " failed";
            page.open("g", "class", "bin");
            page.element("title", from(line, i) + ": " + rate + failed);
            hit(page, i, count);
            double succeeded = PLOT.y(axis.at(slot.succeeded()));
            bar(page, "ok", i, count, succeeded, PLOT.y(0));
            bar(page, "failed", i, count, PLOT.y(axis.at(slot.done())), succeeded);
            page.close();
        }
        seconds(page, line);
        page.close().close();
    }

    private static String slot(TimeLine line) {
        return Units.roundTime(line.slotNanos());
    }

    private static String from(TimeLine line, int slot) {
        return "From " + Units.time(slot * line.slotNanos()) + " on";
    }

    private static void hit(Markup page, int slot, int count) {
        double x = PLOT.x((double) slot / count);
        double width = PLOT.x((slot + 1.0) / count) - x;
        page.empty("rect", "class", "hit", "x", x, "width", width, "y", PLOT.y(1), "height", PLOT.y(0) - PLOT.y(1));
    }

    private static void bar(Markup page, String style, int slot, int count, double top, double bottom) {
        if (bottom > top) {
            double x = PLOT.x((double) slot / count);
            double width = PLOT.x((slot + 1.0) / count) - x;
            double gap = width > 4 ? 1 : 0;
            page.empty("rect", "class", style, "x", x, "width", width - gap, "y", top, "height", bottom - top);
        }
    }

    /** What goes by below the lower axis. */
    private static void seconds(Markup page, TimeLine line) {
        double total = line.slots().size() * line.slotNanos() / NANOS_PER_SECOND;
        for (double tick : Axis.upTo(total, X_TICKS, 0.0001).ticks()) {
            if (tick <= total * 1.0001 && total > 0) {
                String label = tick == 0 ? "0" : Units.roundTime(Math.round(tick * NANOS_PER_SECOND));
                PLOT.labelBelow(page, PLOT.x(tick / total), label);
            }
        }
    }
}
