package io.martlet.samples.fetch.report;

import java.util.List;

/** In which phases the time went by. */
final class StagesView {
    private StagesView() {}

    static void write(Markup page, StageTimes times) {
        page.open("section", "id", "phases").element("h2", "Where the time went");
        if (times.isEmpty()) {
            page.element("p", "Nothing was heard of the phases of the requests.", "class", "note")
                    .close();
            return;
        }
        page.open("svg", "class", "shares", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "role", "img");
        page.element("title", "The share of each phase in the time of all requests");
        double from = 0;
        for (Stage stage : Stage.values()) {
            double width = 100 * times.share(stage);
            if (width > 0) {
                page.open("rect", "class", stage.styleClass(), "x", from, "width", width, "height", 10);
                page.element("title", stage.label() + ": " + Units.percent(times.share(stage)))
                        .close();
            }
            from += width;
        }
        page.close();
        table(page, times);
        page.close();
    }

    private static void table(Markup page, StageTimes times) {
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        page.element("th", "Phase", "scope", "col");
        for (String name : List.of("Share", "Together", "Mean", "Longest", "Times")) {
            page.element("th", name, "scope", "col", "class", "n");
        }
        page.close().close().open("tbody");
        for (Stage stage : Stage.values()) {
            if (times.count(stage) > 0) {
                page.open("tr").open("th", "scope", "row");
                page.element("span", "", "class", "key " + stage.styleClass())
                        .text(stage.label())
                        .close();
                page.element("td", Units.percent(times.share(stage)), "class", "n");
                page.element("td", Units.time(times.nanos(stage)), "class", "n");
                page.element("td", Units.time(times.mean(stage)), "class", "n");
                page.element("td", Units.time(times.longest(stage)), "class", "n");
                page.element("td", Units.count(times.count(stage)), "class", "n")
                        .close();
            }
        }
        page.close().close().close();
    }
}
